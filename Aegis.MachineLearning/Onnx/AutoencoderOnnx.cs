using Aegis.Core.Features;
using Aegis.MachineLearning.Autoencoders;
using Onnx;

namespace Aegis.MachineLearning.Onnx;

/// <summary>Writes an autoencoder as an ONNX model of standard operators, alone or behind its scaler.</summary>
/// <remarks>
/// The model takes a matrix <c>inputs</c> of encoded rows, or <c>features</c> if the scaler is included. It returns the
/// mean weighted squared error of each row's reconstruction in one column, <c>score</c>. The runtime has its own tanh
/// and order of summation, so scores agree to about a millionth.
/// </remarks>
public static class AutoencoderOnnx
{
    /// <summary>The autoencoder over encoded rows, as the bytes of an .onnx file.</summary>
    /// <param name="autoencoder">The autoencoder.</param>
    /// <param name="input">The name of the input matrix.</param>
    /// <param name="output">The name of the output column.</param>
    public static byte[] Write(Autoencoder autoencoder, string input = "inputs", string output = "score")
    {
        ArgumentNullException.ThrowIfNull(autoencoder);
        var model = new OnnxModel("autoencoder");
        model.Input(input, autoencoder.InputCount);
        AddAutoencoder(model, autoencoder, input, output);
        return model.ToBytes();
    }

    /// <summary>Scaler and autoencoder over feature vectors, as the bytes of an .onnx file.</summary>
    /// <exception cref="ArgumentException">The scaler's inputs are not those that the autoencoder takes.</exception>
    public static byte[] Write(FeatureScaler scaler, Autoencoder autoencoder)
    {
        ArgumentNullException.ThrowIfNull(scaler);
        ArgumentNullException.ThrowIfNull(autoencoder);
        if (scaler.InputCount != autoencoder.InputCount)
        {
            throw new ArgumentException(
                $"The scaler gives {scaler.InputCount} inputs; allowed: {autoencoder.InputCount}, which the autoencoder takes.", nameof(
                    scaler));
        }

        var model = new OnnxModel("scaler and autoencoder");
        model.Input("features", FeatureSchema.Count);
        AddScaler(model, scaler);
        AddAutoencoder(model, autoencoder, "inputs", "score");
        return model.ToBytes();
    }

    /// <summary>Turns <c>features</c> into <c>inputs</c>: robust z scores of the suspicious side, then a column for
    /// each value of a kind.</summary>
    private static void AddScaler(OnnxModel model, FeatureScaler scaler)
    {
        var features = scaler.FeatureOfInput;
        var count = scaler.Centres.Length;
        var sides = features.Take(count).Select(feature => FeatureSchema.All[feature].Side).ToArray();
        model.Positions("scaled", [.. features.Take(count).Select(feature => (long)feature)]);
        model.Constant("centres", scaler.Centres.ToArray(), count);
        model.Constant("scales", scaler.Scales.ToArray(), count);
        model.Constant("slopes", [.. sides.Select(side => side == SuspiciousSide.Low ? -1f : 1f)], count);
        model.Constant("otherSlopes",
            [.. sides.Select(side => side switch { SuspiciousSide.None => 1f, SuspiciousSide.Both => -1f, _ => 0f })], count);
        model.Node("Gather", ["features", "scaled"], "values", "", OnnxModel.Int("axis", 1));
        model.Node("Sub", ["values", "centres"], "centred");
        model.Node("Div", ["centred", "scales"], "z");
        model.Node("Mul", ["z", "slopes"], "side");
        model.Node("Mul", ["z", "otherSlopes"], "otherSide");
        model.Node("Max", ["side", "otherSide"], "z scores");

        var parts = new List<string> { "z scores" };
        for (var input = count; input < features.Length;)
        {
            var definition = FeatureSchema.All[features[input]];
            var name = definition.Name;
            model.Positions($"{name}.position", features[input]);
            model.Constant($"{name}.values", [.. Enumerable.Range(0, definition.Levels).Select(level => (float)level)], definition.Levels);
            model.Node("Gather", ["features", $"{name}.position"], $"{name}.value", "", OnnxModel.Int("axis", 1));
            model.Node("Equal", [$"{name}.value", $"{name}.values"], $"{name}.is");
            model.Node("Cast", [$"{name}.is"], $"{name}.oneHot", "", OnnxModel.Int("to", (long)TensorProto.Types.DataType.Float));
            parts.Add($"{name}.oneHot");
            input += definition.Levels;
        }

        model.Node("Concat", [.. parts], "inputs", "", OnnxModel.Int("axis", 1));
    }

    /// <summary>Turns encoded rows into scores.</summary>
    private static void AddAutoencoder(OnnxModel model, Autoencoder autoencoder, string input, string output)
    {
        var x = AddSoftClip(model, autoencoder.InputLimit, input);
        var y = x;
        for (var i = 0; i < autoencoder.Layers.Length; i++)
        {
            y = AddLayer(model, autoencoder.Layers[i], $"layer{i + 1}", y);
        }

        model.Constant("errorWeights", autoencoder.ErrorWeights.ToArray(), autoencoder.InputCount);
        model.Node("Sub", [y, x], "difference");
        model.Node("Mul", ["difference", "difference"], "squared");
        model.Node("Mul", ["squared", "errorWeights"], "errors");
        model.Node("ReduceMean", ["errors"], output, "", OnnxModel.Ints("axes", [1]), OnnxModel.Int("keepdims", 1));
        model.Output(output, 1);
    }

    private static string AddSoftClip(OnnxModel model, float limit, string input)
    {
        model.Constant("zero", [0]);
        model.Constant("one", [1]);
        model.Constant("limit", [limit]);
        model.Constant("least", [-SoftClip.Overflow]);
        model.Constant("most", [SoftClip.Overflow]);
        model.Node("IsNaN", [input], "isMissing");
        model.Node("Where", ["isMissing", "zero", input], "known");
        model.Node("Clip", ["known", "least", "most"], "finite");
        model.Node("Div", ["finite", "limit"], "ratio");
        model.Node("Mul", ["ratio", "ratio"], "ratioSquared");
        model.Node("Add", ["ratioSquared", "one"], "onePlus");
        model.Node("Sqrt", ["onePlus"], "root");
        model.Node("Div", ["finite", "root"], "limited");
        return "limited";
    }

    private static string AddLayer(OnnxModel model, DenseLayer layer, string name, string x)
    {
        var parameters = layer.ToParameters();
        var weights = layer.Inputs * layer.Outputs;
        model.Constant($"{name}.weights", parameters[..weights], layer.Outputs, layer.Inputs);
        model.Constant($"{name}.biases", parameters[weights..], layer.Outputs);
        model.Node("Gemm", [x, $"{name}.weights", $"{name}.biases"], $"{name}.sum", "", OnnxModel.Int("transB", 1));
        switch (layer.Activation)
        {
            case Activation.Tanh:
                model.Node("Tanh", [$"{name}.sum"], name);
                return name;
            case Activation.Silu:
                model.Node("Sigmoid", [$"{name}.sum"], $"{name}.gate");
                model.Node("Mul", [$"{name}.sum", $"{name}.gate"], name);
                return name;
            default:
                return $"{name}.sum";
        }
    }
}
