// node onnx-run.cjs MODEL ROWS COLUMNS OUT: runs an ONNX model on 32-bit floats, row after row, and writes its one output the same way.
const fs = require('node:fs');
const ort = require('onnxruntime-node');

const [model, rowsFile, columns, out] = process.argv.slice(2);
const bytes = fs.readFileSync(rowsFile);
const rows = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);

ort.InferenceSession.create(model)
  .then(session => session.run({ [session.inputNames[0]]: new ort.Tensor('float32', rows, [rows.length / columns, Number(columns)]) })
    .then(results => {
      const { data } = results[session.outputNames[0]];
      fs.writeFileSync(out, Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    }))
  .catch(error => {
    console.error(error);
    process.exit(1);
  });
