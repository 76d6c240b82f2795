using Aegis.MachineLearning.Bundles;
using static Aegis.MachineLearning.Bundles.ModelParts;

namespace Aegis.MachineLearning.Trainers;

/// <summary>Writes and reads one fitted detector as bytes.</summary>
/// <remarks>Little-endian. "AEGISDT" and a format byte; kind; feature column; threshold; the detector as in a bundle
/// (docs/bundle.md), for a forest after its number of columns; SHA-256.</remarks>
internal static class DetectorFile
{
    private static readonly SealedFormat Format = new("AEGISDT", 1, 1, "detector");

    public static byte[] Write(DetectorTransformer detector) => Format.Write(1, writer =>
    {
        writer.Write((byte)detector.Kind);
        writer.Write(detector.FeatureColumn);
        writer.Write(detector.Threshold);
        switch (detector)
        {
            case IsolationForestTransformer forest:
                writer.Write(forest.Columns);
                WriteForest(writer, forest.Forest);
                break;
            case AutoencoderTransformer autoencoder:
                WriteAutoencoder(writer, autoencoder.Autoencoder);
                break;
            case TailSumTransformer tailSum:
                WriteTailSum(writer, tailSum.TailSum);
                break;
        }
    });

    /// <exception cref="FraudModelFormatException">The bytes are damaged, cut short, or no detector.</exception>
    public static DetectorTransformer Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Format.Read(bytes.ToArray(), (reader, _) => Read(reader));
    }

    private static DetectorTransformer Read(BinaryReader reader)
    {
        var kind = (DetectorKind)reader.ReadByte();
        var (column, threshold) = (reader.ReadString(), reader.ReadDouble());
        switch (kind)
        {
            case DetectorKind.IsolationForest:
                var columns = reader.ReadInt32();
                return new IsolationForestTransformer(ReadForest(reader, ForestRules.Any), columns, column, threshold);
            case DetectorKind.Autoencoder:
                return new AutoencoderTransformer(ReadAutoencoder(reader), column, threshold);
            case DetectorKind.TailSum:
                return new TailSumTransformer(ReadTailSum(reader), column, threshold);
            default:
                throw new FormatException(
                    $"Detector of kind {(byte)kind}; allowed: {(byte)DetectorKind.IsolationForest} to {(byte)DetectorKind.TailSum}.");
        }
    }
}
