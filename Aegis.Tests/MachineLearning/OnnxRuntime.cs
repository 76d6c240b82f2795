using Microsoft.ML.OnnxRuntime;

namespace Aegis.Tests.MachineLearning;

/// <summary>The ONNX Runtime as a second opinion on exported models.</summary>
internal static class OnnxRuntime
{
    /// <summary>Runs a model of one input and one output.</summary>
    /// <param name="model">The bytes of an .onnx file.</param>
    /// <param name="rows">Row after row.</param>
    /// <param name="columns">Values per row.</param>
    /// <returns>The output, row after row.</returns>
    public static float[] Run(byte[] model, float[] rows, int columns)
    {
        using var session = new InferenceSession(model);
        using var options = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(rows, [rows.Length / columns, columns]);
        using var outputs = session.Run(options, [session.InputNames.Single()], [input], [session.OutputNames.Single()]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
