using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.TailSums;

namespace Aegis.MachineLearning.Bundles;

/// <summary>A model bundle that cannot be used, and why.</summary>
public sealed class FraudModelFormatException(string message) : Exception(message);

/// <summary>Reads and writes model bundles as bytes; opens no file.</summary>
/// <remarks>
/// Little-endian. "AEGISFM" and a format byte; schema hash; version; facts; rates version; shard count; scaler; forest; autoencoder;
/// tail sum; calibration (segments, calibrators of forest, autoencoder, tail sum and fused, fusion weights); policy; SHA-256 of all bytes before it. Texts are length-prefixed
/// UTF-8, arrays a 32-bit count and their raw values.
/// </remarks>
public static class FraudModelFile
{
    private const byte FormatVersion = 6;
    private const int ChecksumBytes = 32;

    private static ReadOnlySpan<byte> Magic => "AEGISFM"u8;

    /// <summary>The bundle as bytes.</summary>
    public static byte[] Write(FraudModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(FeatureSchema.Hash);
        writer.Write(model.Version);
        writer.Write(model.Facts.Count);
        foreach (var (name, value) in model.Facts)
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Write(model.RatesVersion);
        writer.Write(model.ShardCount);
        WriteArray<Feature>(writer, model.Scaler.Features.AsSpan());
        WriteArray(writer, model.Scaler.Centres);
        WriteArray(writer, model.Scaler.Scales);
        WriteArray(writer, model.Forest.Nodes);
        WriteArray(writer, model.Forest.Roots);
        writer.Write(model.Forest.PathNormaliser);
        writer.Write(model.Forest.ColumnsPerSplit);
        WriteArray(writer, model.Forest.Terms);
        WriteAutoencoder(writer, model.Autoencoder);
        WriteTailSum(writer, model.TailSum);
        WriteCalibration(writer, model.Calibration);
        writer.Write(model.Policy.ReviewAt);
        writer.Write(model.Policy.DeclineAt);
        writer.Write(model.Policy.Budget.CardsPerTenThousand);
        writer.Write(model.Policy.Budget.DeclineShare);
        writer.Flush();
        writer.Write(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        writer.Flush();
        return buffer.ToArray();
    }

    /// <summary>Reads a bundle.</summary>
    /// <exception cref="FraudModelFormatException">Damaged, of another format, or made for another feature schema.</exception>
    public static FraudModel Read(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length < Magic.Length + 1 + ChecksumBytes || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw new FraudModelFormatException("Not an Aegis model bundle: it does not begin with 'AEGISFM'.");
        }

        if (bytes[Magic.Length] != FormatVersion)
        {
            throw new FraudModelFormatException($"The bundle has format {bytes[Magic.Length]}; this release reads format {FormatVersion}. Train again or use the matching release.");
        }

        var content = bytes.AsSpan(0, bytes.Length - ChecksumBytes);
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length)))
        {
            throw new FraudModelFormatException("The bundle is damaged: its checksum does not match.");
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, Magic.Length + 1, content.Length - Magic.Length - 1), Encoding.UTF8);
        try
        {
            var schema = reader.ReadString();
            if (schema != FeatureSchema.Hash)
            {
                throw new FraudModelFormatException($"The bundle was trained for feature schema {schema}; this release computes {FeatureSchema.Hash}. Train again.");
            }

            var model = ReadModel(reader);
            Check(model, left: reader.BaseStream.Length - reader.BaseStream.Position);
            return model;
        }
        catch (Exception e) when (e is ArgumentException or IOException or FormatException)
        {
            throw new FraudModelFormatException($"The bundle's checksum matches, but not its content: {e.Message}");
        }
    }

    /// <exception cref="ArgumentException">Parts do not fit each other.</exception>
    private static void Check(FraudModel model, long left)
    {
        var inputs = model.Scaler.InputCount;
        if (model.Forest.Columns > inputs || model.Autoencoder.Layers[0].Inputs != inputs || model.TailSum.Columns.Length != inputs || left != 0)
        {
            throw new ArgumentException(
                $"Forest of {model.Forest.Columns} columns, autoencoder of {model.Autoencoder.Layers[0].Inputs} and tail sum of {model.TailSum.Columns.Length} for {inputs} inputs, and {left} bytes left; allowed: as many as inputs, and none.");
        }

        // Nothing is flagged by a threshold that is not a number.
        if (!(model.Policy.ReviewAt >= 0 && model.Policy.DeclineAt >= model.Policy.ReviewAt))
        {
            throw new ArgumentException($"{model.Policy}; allowed: thresholds of 0 or more, declining at no less than reviewing.");
        }
    }

    private static FraudModel ReadModel(BinaryReader reader)
    {
        // Object initialisers run in the order written, which is the order of the file.
        return new FraudModel
        {
            Version = reader.ReadString(),
            Facts = ReadFacts(reader),
            RatesVersion = reader.ReadString(),
            ShardCount = reader.ReadInt32(),
            Scaler = new FeatureScaler(ReadArray<Feature>(reader), ReadArray<float>(reader), ReadArray<float>(reader)),
            Forest = new IsolationForest(ReadArray<ForestNode>(reader), ReadArray<int>(reader), reader.ReadDouble(), reader.ReadInt32(), ReadArray<PlaneTerm>(reader)),
            Autoencoder = ReadAutoencoder(reader),
            TailSum = ReadTailSum(reader),
            Calibration = ReadCalibration(reader),
            Policy = new DecisionPolicy(reader.ReadDouble(), reader.ReadDouble(), new AlertBudget(reader.ReadDouble(), reader.ReadDouble())),
        };
    }

    private static Dictionary<string, string> ReadFacts(BinaryReader reader)
    {
        var facts = new Dictionary<string, string>();
        for (var remaining = ReadCount(reader); remaining > 0; remaining--)
        {
            facts[reader.ReadString()] = reader.ReadString();
        }

        return facts;
    }

    private static void WriteAutoencoder(BinaryWriter writer, Autoencoder autoencoder)
    {
        writer.Write(autoencoder.Layers.Length);
        foreach (var layer in autoencoder.Layers)
        {
            writer.Write(layer.Inputs);
            writer.Write(layer.Outputs);
            writer.Write((byte)layer.Activation);
            WriteArray<float>(writer, layer.ToParameters());
        }

        WriteArray(writer, autoencoder.ErrorWeights);
        writer.Write(autoencoder.InputLimit);
    }

    private static Autoencoder ReadAutoencoder(BinaryReader reader)
    {
        var layers = new DenseLayer[ReadCount(reader)];
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i] = new DenseLayer(reader.ReadInt32(), reader.ReadInt32(), (Activation)reader.ReadByte(), ReadArray<float>(reader));
        }

        return new Autoencoder(layers, ReadArray<float>(reader), reader.ReadSingle());
    }

    private static void WriteTailSum(BinaryWriter writer, TailSum tailSum)
    {
        writer.Write(tailSum.Columns.Length);
        foreach (var (upper, lower, isLongBelow) in tailSum.Columns)
        {
            WriteCalibrator(writer, upper);
            writer.Write(lower is not null);
            if (lower is not null)
            {
                WriteCalibrator(writer, lower);
                writer.Write(isLongBelow);
            }
        }
    }

    private static TailSum ReadTailSum(BinaryReader reader)
    {
        var columns = new TailColumn[ReadCount(reader)];
        for (var i = 0; i < columns.Length; i++)
        {
            var upper = ReadCalibrator(reader);
            columns[i] = reader.ReadBoolean() ? new TailColumn(upper, ReadCalibrator(reader), reader.ReadBoolean()) : new TailColumn(upper, null, IsLongBelow: false);
        }

        return new TailSum(columns);
    }

    private static void WriteCalibration(BinaryWriter writer, ScoreCalibration calibration)
    {
        writer.Write((byte)calibration.Segments);
        SegmentedCalibrator[] all = [calibration.Forest, calibration.Autoencoder, calibration.TailSum, calibration.Fused];
        foreach (var segmented in all)
        {
            WriteCalibrator(writer, segmented.All);
            foreach (var own in segmented.Own)
            {
                writer.Write(own is not null);
                if (own is not null)
                {
                    WriteCalibrator(writer, own);
                }
            }
        }

        writer.Write(calibration.Fusion.ForestWeight);
        writer.Write(calibration.Fusion.AutoencoderWeight);
        writer.Write(calibration.Fusion.TailSumWeight);
    }

    private static ScoreCalibration ReadCalibration(BinaryReader reader)
    {
        var segments = (PaymentSegments)reader.ReadByte();
        if (!Enum.IsDefined(segments))
        {
            throw new FormatException($"Segments of kind {(byte)segments}; allowed: {(byte)PaymentSegments.None} to {(byte)PaymentSegments.ChannelAndAge}.");
        }

        var (forest, autoencoder, tailSum, fused) = (ReadSegmented(reader, segments), ReadSegmented(reader, segments), ReadSegmented(reader, segments), ReadSegmented(reader, segments));
        return new ScoreCalibration(segments, forest, autoencoder, tailSum, new ScoreFusion(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()), fused);
    }

    private static SegmentedCalibrator ReadSegmented(BinaryReader reader, PaymentSegments segments)
    {
        var all = ReadCalibrator(reader);
        var own = new ScoreCalibrator?[segments.Count()];
        for (var segment = 0; segment < own.Length; segment++)
        {
            own[segment] = reader.ReadBoolean() ? ReadCalibrator(reader) : null;
        }

        return new SegmentedCalibrator(all, own);
    }

    private static void WriteCalibrator(BinaryWriter writer, ScoreCalibrator calibrator)
    {
        WriteArray(writer, calibrator.Scores);
        writer.Write(calibrator.JointLevel);
        writer.Write(calibrator.HighestLevel);
        writer.Write(calibrator.TailShape);
        writer.Write(calibrator.TailScale);
    }

    private static ScoreCalibrator ReadCalibrator(BinaryReader reader) =>
        new(ReadArray<double>(reader), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());

    private static void WriteArray<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>A number of things of a byte or more each.</summary>
    private static int ReadCount(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        return count >= 0 && count <= left ? count : throw new FormatException($"{count} parts where {left} bytes are left.");
    }

    private static T[] ReadArray<T>(BinaryReader reader)
        where T : unmanaged
    {
        var count = reader.ReadInt32();
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        if (count < 0 || (long)count * Unsafe.SizeOf<T>() > left)
        {
            throw new FormatException($"{count} values of {Unsafe.SizeOf<T>()} bytes where {left} bytes are left.");
        }

        var values = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
