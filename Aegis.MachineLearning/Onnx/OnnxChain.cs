using Aegis.MachineLearning.Trainers;
using Microsoft.ML;
using Microsoft.ML.Transforms.Onnx;

namespace Aegis.MachineLearning.Onnx;

/// <summary>Runs ONNX models inside ML.NET, on one thread: what stands in the hot path is run by as many threads as there are
/// blocks.</summary>
internal static class OnnxChain
{
    /// <summary>A transformer over a model of one input matrix and one output.</summary>
    /// <param name="context">Where it runs.</param>
    /// <param name="file">The .onnx file.</param>
    /// <param name="input">The matrix's name, and that of the column that feeds it.</param>
    /// <param name="columns">Values per row.</param>
    /// <param name="rows">Rows that one value of the input column holds, one after another.</param>
    /// <param name="output">The output's name, and that of the column that receives it.</param>
    public static ITransformer Of(MLContext context, string file, string input, int columns, string output, int rows = 1)
    {
        var options = new OnnxOptions
        {
            ModelFile = file,
            InputColumns = [input],
            OutputColumns = [output],
            // What a file leaves open ML.NET takes for 1.
            ShapeDictionary = new Dictionary<string, int[]> { [input] = [rows, columns] },
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
        };
        return context.Transforms.ApplyOnnxModel(options).Fit(new FloatRows([], rows * columns, input));
    }
}
