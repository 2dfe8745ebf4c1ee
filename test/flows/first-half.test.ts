import { describeFlows } from '../support/flowSuite';

describeFlows([1, 2]);
