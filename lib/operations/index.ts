export {
	batchOperation,
	operation,
	propertiesOf,
	resource,
	type BatchOperation,
	type ItemOperation,
	type Operation,
	type Output,
	type Resource,
} from './define';
export { FieldReader, ItemInput } from './input';
export { DEFAULT_MAX_PARALLEL, runOperations } from './run';
