using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Onnx;

namespace Aegis.Training.Bundles;

/// <summary>Writes a bundle's detectors in the standard ONNX format.</summary>
internal static class OnnxExport
{
    /// <summary>Makes the files one after another, the autoencoder first, because not every forest can be written.</summary>
    /// <exception cref="ArgumentException">The forest's splits weigh several columns. The autoencoder was returned before.</exception>
    public static IEnumerable<OnnxFile> Of(FraudModel model)
    {
        yield return new OnnxFile(
            "autoencoder.onnx", AutoencoderOnnx.Write(model.Scaler, model.Autoencoder.Autoencoder), $"the features of {model.Version}");
        yield return new OnnxFile(
            "forest.onnx", ForestOnnx.Write(model.Forest.Forest, model.Scaler.InputCount), $"{model.Scaler.InputCount} encoded inputs");
    }
}

/// <summary>A detector as an ONNX file.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Bytes">The file's content.</param>
/// <param name="Reads">The model's input, in words.</param>
internal sealed record OnnxFile(string Name, byte[] Bytes, string Reads);
