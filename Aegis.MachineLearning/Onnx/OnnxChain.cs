using Aegis.MachineLearning.Trainers;
using Microsoft.ML;
using Microsoft.ML.Transforms.Onnx;

namespace Aegis.MachineLearning.Onnx;

/// <summary>Runs ONNX models inside ML.NET, each on one thread. The hot path already runs as many threads as there are blocks.</summary>
internal static class OnnxChain
{
    /// <summary>A transformer over a model of one input matrix and one output.</summary>
    /// <param name="context">The ML.NET context.</param>
    /// <param name="file">The .onnx file.</param>
    /// <param name="input">The name of the matrix, and of the column that feeds it.</param>
    /// <param name="columns">Values for each row.</param>
    /// <param name="rows">The number of rows that one value of the input column holds, one after another.</param>
    /// <param name="output">The name of the output, and of the column that receives it.</param>
    public static ITransformer Of(MLContext context, string file, string input, int columns, string output, int rows = 1)
    {
        var options = new OnnxOptions
        {
            ModelFile = file,
            InputColumns = [input],
            OutputColumns = [output],
            // ML.NET takes a dimension that the file leaves open as 1.
            ShapeDictionary = new Dictionary<string, int[]> { [input] = [rows, columns] },
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
        };
        return context.Transforms.ApplyOnnxModel(options).Fit(new FloatRows([], rows * columns, input));
    }
}
