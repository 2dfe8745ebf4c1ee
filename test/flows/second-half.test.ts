import { describeFlows } from '../support/flowSuite';

describeFlows([2, 2]);
