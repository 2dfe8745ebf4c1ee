import type { Rule } from './book';
import { expressionsParse, namedNodesExist, spreadsAreKnown } from './expressions';
import { credentialsByName, nodesAreNamed, parametersExist, typesExist } from './nodes';
import { filesAreThere, namesSayWhatIsDone, notesExplain } from './papers';
import { samplesAreThere } from './samples';
import { nothingPrivate } from './secrets';
import { settingsAreDeclared, settingsAreExplained, tablesExist, textsInAllLanguages } from './state';
import { callsMatch, errorsLeadSomewhere, nodesAreConnected } from './wiring';

/** What every flow under workflows/ keeps to; the name completes "has ...". */
export const RULES = {
	'node types that n8n has': typesExist,
	'parameters that the nodes have': parametersExist,
	'nodes named for what they do': nodesAreNamed,
	'a name that says what is done': namesSayWhatIsDone,
	'no node unconnected': nodesAreConnected,
	"providers' errors led somewhere": errorsLeadSomewhere,
	'calls of flows that take what is given': callsMatch,
	'credentials by name that the sandbox knows': credentialsByName,
	'expressions that parse': expressionsParse,
	'no variable of n8n spread bare': spreadsAreKnown,
	'expressions that name existing nodes': namedNodesExist,
	'Data Tables and columns of tables.json': tablesExist,
	'its settings in settings.json': settingsAreDeclared,
	'its settings explained': settingsAreExplained,
	'its texts in five languages': textsInAllLanguages,
	'notes that explain it': notesExplain,
	'samples to try it with': samplesAreThere,
	'its files': filesAreThere,
	'nothing private inside': nothingPrivate,
} satisfies Record<string, Rule>;
