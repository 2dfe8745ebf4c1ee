import { buildSchema } from 'graphql';

/** The part of monday.com's schema that the simulator serves; names, arguments and nullability are monday's. */
export const MONDAY_SDL = /* GraphQL */ `
	scalar CompareValue
	scalar Date
	scalar ISO8601DateTime
	scalar JSON

	type Query {
		boards(
			board_kind: BoardKind
			ids: [ID!]
			limit: Int = 25
			order_by: BoardsOrderBy
			page: Int = 1
			state: State = active
			workspace_ids: [ID]
		): [Board]
		complexity: Complexity
		items(
			exclude_nonactive: Boolean
			ids: [ID!]
			limit: Int = 25
			newest_first: Boolean
			page: Int = 1
		): [Item]
		items_page_by_column_values(
			board_id: ID!
			columns: [ItemsPageByColumnValuesQuery!]
			cursor: String
			hierarchy_scope_config: String
			limit: Int! = 25
		): ItemsResponse!
		me: User
		next_items_page(cursor: String!, limit: Int! = 25): ItemsResponse!
		version: Version!
	}

	type Mutation {
		change_multiple_column_values(
			board_id: ID!
			column_values: JSON!
			create_labels_if_missing: Boolean
			item_id: ID
		): Item
		complexity: Complexity
		create_item(
			board_id: ID!
			column_values: JSON
			create_labels_if_missing: Boolean
			group_id: String
			item_name: String!
			relative_to: ID
		): Item
		create_update(body: String!, item_id: ID, parent_id: ID, use_app_info: Boolean): Update
	}

	type Board {
		id: ID!
		name: String!
		board_kind: BoardKind!
		columns(ids: [String], types: [ColumnType!]): [Column]
		groups(ids: [String]): [Group]
		items_count: Int
		items_page(
			cursor: String
			hierarchy_scope_config: String
			limit: Int! = 25
			query_params: ItemsQuery
		): ItemsResponse!
		state: State!
		url: String!
	}

	type Column {
		id: ID!
		title: String!
		description: String
		type: ColumnType!
		archived: Boolean!
		settings: JSON
		settings_str: String! @deprecated(reason: "From version 2025-10, use settings instead.")
		revision: String!
	}

	type Group {
		id: ID!
		title: String!
		archived: Boolean
		color: String!
		position: String!
	}

	type Item {
		id: ID!
		name: String!
		board: Board
		column_values(ids: [String!], types: [ColumnType!]): [ColumnValue!]!
		created_at: Date
		creator_id: String!
		group: Group
		state: State
		updated_at: Date
		updates(ids: [ID!], limit: Int = 25, page: Int = 1): [Update!]
		url: String!
	}

	interface ColumnValue {
		column: Column!
		id: ID!
		is_leaf: Boolean!
		text: String
		type: ColumnType!
		value: JSON
	}

	type AnyValue implements ColumnValue {
		column: Column!
		id: ID!
		is_leaf: Boolean!
		text: String
		type: ColumnType!
		value: JSON
	}

	type BoardRelationValue implements ColumnValue {
		column: Column!
		display_value: String!
		id: ID!
		is_leaf: Boolean!
		linked_item_ids: [ID!]!
		text: String
		type: ColumnType!
		value: JSON
	}

	type MirrorValue implements ColumnValue {
		column: Column!
		display_value: String!
		id: ID!
		is_leaf: Boolean!
		text: String
		type: ColumnType!
		value: JSON
	}

	type Complexity {
		after: Int!
		before: Int!
		query: Int!
		reset_in_x_seconds: Int!
	}

	type ItemsResponse {
		cursor: String
		items: [Item!]!
	}

	type Update {
		id: ID!
		body: String!
		created_at: Date
		creator_id: String
		item_id: String
		text_body: String
	}

	type User {
		id: ID!
		name: String!
		email: String!
	}

	type Version {
		kind: VersionKind!
		value: String!
	}

	input ItemsPageByColumnValuesQuery {
		column_id: String!
		column_values: [String]!
	}

	input ItemsQuery {
		ids: [ID!]
		operator: ItemsQueryOperator = and
		order_by: [ItemsQueryOrderBy!]
		rules: [ItemsQueryRule!]
	}

	input ItemsQueryOrderBy {
		column_id: String!
		direction: ItemsOrderByDirection = asc
	}

	input ItemsQueryRule {
		column_id: ID!
		compare_attribute: String
		compare_value: CompareValue!
		operator: ItemsQueryRuleOperator = any_of
	}

	enum ItemsOrderByDirection {
		asc
		desc
	}

	enum ItemsQueryOperator {
		and
		or
	}

	enum ItemsQueryRuleOperator {
		any_of
		contains_text
		is_empty
		is_not_empty
		not_any_of
		not_contains_text
	}

	enum BoardKind {
		private
		public
		share
	}

	enum BoardsOrderBy {
		created_at
		used_at
	}

	enum ColumnType {
		board_relation
		checkbox
		date
		dropdown
		email
		hour
		link
		long_text
		mirror
		name
		numbers
		people
		phone
		status
		tags
		text
	}

	enum State {
		active
		all
		archived
		deleted
	}

	enum VersionKind {
		current
		maintenance
		release_candidate
	}
`;

/** The same, ready to run. */
export const mondaySchema = buildSchema(MONDAY_SDL);
