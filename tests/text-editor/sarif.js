// Holds a SARIF log, from standard input, to the schema of SARIF 2.1.0; says what is wrong with it.
const Ajv = require("ajv-draft-04").default;
const schema = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const log = JSON.parse(require("fs").readFileSync(0, "utf8"));
const ajv = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false, allErrors: true });
const holds = ajv.validate(schema, log);
process.stdout.write(JSON.stringify(holds ? [] : ajv.errors));
