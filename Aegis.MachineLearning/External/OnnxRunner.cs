using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Aegis.MachineLearning.External;

/// <summary>Runs an ONNX file with ML.NET's transformer, a block of payments for each call.</summary>
internal sealed class OnnxRunner : IExternalRunner
{
    /// <summary>Payments for each call. ML.NET's transformer is fastest at this number.</summary>
    public const int BlockRows = 64;

    private readonly ITransformer _transformer;
    private readonly DataViewSchema _schema;
    private readonly string _output;

    private OnnxRunner(ITransformer transformer, string input, string output)
    {
        (_transformer, _output) = (transformer, output);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(input, new VectorDataViewType(NumberDataViewType.Single, BlockRows, FeatureSchema.Count));
        _schema = schema.ToSchema();
    }

    /// <inheritdoc/>
    public int RowsAtOnce => BlockRows;

    /// <exception cref="FraudModelFormatException">The file cannot be read, or has other inputs or outputs.</exception>
    public static OnnxRunner Open(string name, byte[] bytes)
    {
        var (input, output) = Opening.Of(name, "is no ONNX model that can be read", () => Signature(name, bytes));
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, bytes);
            return new OnnxRunner(
                Opening.Of(name, "cannot be run by ML.NET", () => OnnxChain.Of(
                    new MLContext(), file, input, FeatureSchema.Count, output, BlockRows)), input, output);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <inheritdoc/>
    public ExternalRow CreateRow() => new(_transformer, _schema, _output);

    /// <summary>The names of the single input and the single output.</summary>
    private static (string Input, string Output) Signature(string name, byte[] bytes)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using var session = new InferenceSession(bytes, options);
        var (inputs, outputs) = (session.InputMetadata, session.OutputMetadata);
        Require(inputs.Count == 1, $"takes {inputs.Count} inputs ({string.Join(", ", inputs.Keys)}); allowed: 1, the feature vector");
        Require(outputs.Count == 1, $"gives {outputs.Count} outputs ({string.Join(", ", outputs.Keys)}); allowed: 1, the score");
        var (input, taken) = inputs.Single();
        var (output, given) = outputs.Single();
        Require(taken.IsTensor && taken.ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float,
            $"takes '{input}' of another type; allowed: 32-bit floats");
        Require(given.IsTensor && given.ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float,
            $"gives '{output}' of another type; allowed: 32-bit floats");
        Require(taken.Dimensions is [_, var width] && width == FeatureSchema.Count,
            $"takes '{input}' of {Shape(taken)} values; allowed: any number of rows × {FeatureSchema.Count} features");
        Require(taken.Dimensions[0] is -1 or BlockRows, $"takes {taken.Dimensions[0]} rows at once; allowed: any number, or {BlockRows}");
        Require(given.Dimensions is [_] or [_, 1], $"gives '{output}' of {Shape(given)} values; allowed: one a row");
        return (input, output);

        void Require(bool holds, string otherwise)
        {
            if (!holds)
            {
                throw new FraudModelFormatException($"The model '{name}' {otherwise}.");
            }
        }
    }

    private static string Shape(NodeMetadata tensor) => string.Join(" × ", tensor.Dimensions.Select(size => size < 0 ? "any" : $"{size}"));
}
