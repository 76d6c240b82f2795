using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aegis.Tests.MachineLearning;

/// <summary>The ONNX Runtime from npm, as a second opinion on exported models.</summary>
internal static class OnnxRuntime
{
    /// <summary>Runs a model of one input and one output.</summary>
    /// <param name="model">The bytes of an .onnx file.</param>
    /// <param name="rows">Row after row.</param>
    /// <param name="columns">Values per row.</param>
    /// <returns>The output, row after row.</returns>
    public static float[] Run(byte[] model, float[] rows, int columns)
    {
        Assert.True(Directory.Exists(Path.Combine(Repository.Root, "node_modules", "onnxruntime-node")), "onnxruntime-node is missing; run ./aegis setup --test.");
        var folder = Repository.TemporaryFolder();
        try
        {
            var (modelFile, rowsFile, output) = (Path.Combine(folder, "model.onnx"), Path.Combine(folder, "rows.f32"), Path.Combine(folder, "out.f32"));
            File.WriteAllBytes(modelFile, model);
            File.WriteAllBytes(rowsFile, MemoryMarshal.AsBytes(rows.AsSpan()).ToArray());
            var script = Path.Combine(Repository.Root, "Aegis.Tests", "Core", "onnx-run.cjs");
            using var node = Process.Start(new ProcessStartInfo("node", [script, modelFile, rowsFile, $"{columns}", output]) { RedirectStandardError = true })!;
            var errors = node.StandardError.ReadToEnd();
            node.WaitForExit();
            Assert.True(node.ExitCode == 0, errors);
            return MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(output)).ToArray();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
