using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.External;
using Aegis.MachineLearning.Trainers;
using static Aegis.MachineLearning.Bundles.ModelParts;
using static Aegis.MachineLearning.Bundles.PartRules;

namespace Aegis.MachineLearning.Bundles;

/// <summary>A model bundle or a saved detector cannot be used; the message says why.</summary>
public sealed class FraudModelFormatException(string message) : Exception(message);

/// <summary>Reads and writes model bundles as bytes; opens no file.</summary>
/// <remarks>
/// Little-endian. "AEGISFM" and a format byte; schema hash; version; provenance; rates version; shard count; scaler;
/// forest; autoencoder; tail sum; calibration (segments, calibrators of forest, autoencoder, tail sum and fused, fusion
/// weights); policy; SHA-256 of all bytes before it. Texts are length-prefixed UTF-8; arrays are a 32-bit count and their
/// raw values. A format byte of 6 is plain; added to it are 1 for the model that a user added (name, weight, calibrator, file,
/// after the policy), 2 for the policy's shares of ties, 4 for the view for young cards (scaler, forest, its calibrator and the
/// joint one, after the policy and before the user's model).
/// </remarks>
public static class FraudModelFile
{
    private const byte Plain = 6;
    private const byte External = 1;
    private const byte Ties = 2;
    private const byte Young = 4;
    private static readonly SealedFormat Format = new("AEGISFM", Plain, Plain + External + Ties + Young, "bundle");

    /// <summary>The bundle as bytes.</summary>
    public static byte[] Write(FraudModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Format.Write(FormatOf(model), writer => WriteModel(writer, model));
    }

    /// <summary>Reads a bundle.</summary>
    /// <exception cref="FraudModelFormatException">The bundle is damaged, of another format, made for another feature
    /// schema, or one of its parts cannot score every payment.</exception>
    public static FraudModel Read(byte[] bytes) => Format.Read(bytes, (reader, format) =>
    {
        var schema = reader.ReadString();
        if (schema != FeatureSchema.Hash)
        {
            throw new FraudModelFormatException(
                $"The bundle was trained for feature schema {schema}; this release computes {FeatureSchema.Hash}. Train again.");
        }

        var parts = format - Plain;
        var model = ReadModel(reader, (parts & Ties) != 0);
        model = (parts & Young) != 0 ? WithYoungOf(reader, model) : model;
        model = (parts & External) != 0 ? WithExternalOf(reader, model) : model;
        BundleRules.Check(model);
        return model;
    });

    /// <summary>The format of just the parts that the model has, so that a model without one keeps its bytes.</summary>
    private static byte FormatOf(FraudModel model) => (byte)(
        Plain + (model.External is null ? 0 : External) + (model.Policy.SplitsTies ? Ties : 0) + (model.Young is null ? 0 : Young));

    private static void WriteModel(BinaryWriter writer, FraudModel model)
    {
        writer.Write(FeatureSchema.Hash);
        writer.Write(model.Version);
        writer.Write(model.Provenance.Count);
        foreach (var (name, value) in model.Provenance)
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Write(model.RatesVersion);
        writer.Write(model.ShardCount);
        WriteScaler(writer, model.Scaler);
        WriteForest(writer, model.Forest.Forest);
        WriteAutoencoder(writer, model.Autoencoder.Autoencoder);
        WriteTailSum(writer, model.TailSum.TailSum);
        WriteCalibration(writer, model.Calibration);
        WritePolicy(writer, model.Policy);
        if (model.Young is { } young)
        {
            WriteScaler(writer, young.Scaler);
            WriteForest(writer, young.Forest.Forest);
            WriteCalibrator(writer, young.Calibrator);
            writer.Write(model.Calibration.Joint is not null);
            if (model.Calibration.Joint is { } joint)
            {
                WriteCalibrator(writer, joint);
            }
        }

        if (model.External is { } external)
        {
            WriteExternal(writer, external, model.Calibration);
        }
    }

    private static FraudModel ReadModel(BinaryReader reader, bool hasTies)
    {
        // Object initialisers run in the order written, which is the order of the file.
        FeatureScaler scaler;
        return new FraudModel
        {
            Version = ReadVersion(reader),
            Provenance = ReadProvenance(reader),
            RatesVersion = reader.ReadString(),
            ShardCount = reader.ReadInt32(),
            Scaler = scaler = ReadScaler(reader, "the scaler"),
            Forest = new IsolationForestTransformer(ReadForest(reader, ForestRules.Bundle), scaler.InputCount),
            Autoencoder = new AutoencoderTransformer(ReadAutoencoder(reader)),
            TailSum = new TailSumTransformer(ReadTailSum(reader)),
            Calibration = ReadCalibration(reader),
            Policy = ReadPolicy(reader, hasTies),
        };
    }

    private static void WriteScaler(BinaryWriter writer, FeatureScaler scaler)
    {
        WriteArray<Feature>(writer, scaler.Features.AsSpan());
        WriteArray(writer, scaler.Centres);
        WriteArray(writer, scaler.Scales);
    }

    private static FeatureScaler ReadScaler(BinaryReader reader, string part)
    {
        var features = ReadArray<Feature>(reader);
        var centres = InRange(ReadArray<float>(reader), -MaxCentre, MaxCentre, $"{part}'s centres");
        return new FeatureScaler(features, centres, InRange(ReadArray<float>(reader), MinScale, MaxScale, $"{part}'s scales"));
    }

    private static FraudModel WithYoungOf(BinaryReader reader, FraudModel model)
    {
        var scaler = ReadScaler(reader, "the young cards' scaler");
        var forest = new IsolationForestTransformer(ReadForest(reader, ForestRules.Bundle), scaler.InputCount);
        return model with
        {
            Young = new YoungCardView(scaler, forest, ReadCalibrator(reader, "the young cards' calibrator")),
            Calibration = model.Calibration with
                { Joint = reader.ReadBoolean() ? ReadCalibrator(reader, "the joint calibrator") : null },
        };
    }

    private static string ReadVersion(BinaryReader reader)
    {
        var version = reader.ReadString();
        return ModelVersion.IsValid(version)
            ? version
            : throw new FormatException($"Its version is {Quoted(version)}; allowed: {ModelVersion.Allowed}.");
    }

    /// <summary>A text as an error text shows it: its beginning, and ? for what is not plain ASCII.</summary>
    private static string Quoted(string text)
    {
        var beginning = string.Concat(text.Take(ModelVersion.MaxLength).Select(c => c is >= ' ' and <= '~' ? c : '?'));
        return text.Length <= ModelVersion.MaxLength ? $"'{beginning}'" : $"'{beginning}…' of {text.Length:N0} characters";
    }

    private static Dictionary<string, string> ReadProvenance(BinaryReader reader)
    {
        var provenance = new Dictionary<string, string>();
        for (var remaining = ReadCount(reader); remaining > 0; remaining--)
        {
            provenance[reader.ReadString()] = reader.ReadString();
        }

        return provenance;
    }

    private static void WriteExternal(BinaryWriter writer, ExternalModel external, ScoreCalibration calibration)
    {
        writer.Write(external.Name);
        writer.Write(calibration.Fusion.ExternalWeight);
        if (calibration.External is { } calibrator)
        {
            WriteSegmented(writer, calibrator);
        }

        WriteArray<byte>(writer, external.Bytes.Span);
    }

    private static FraudModel WithExternalOf(BinaryReader reader, FraudModel model)
    {
        var (name, weight) = (reader.ReadString(), reader.ReadDouble());
        var calibration = model.Calibration with
        {
            Fusion = new ScoreFusion(
                model.Calibration.Fusion.ForestWeight, model.Calibration.Fusion.AutoencoderWeight, model.Calibration.Fusion.TailSumWeight,
                weight),
            External = weight > 0 ? ReadSegmented(reader, model.Calibration.Segments, "the external model's calibrator") : null,
        };
        return model with { Calibration = calibration, External = ExternalModel.Open(name, ReadArray<byte>(reader)) };
    }

    private static void WriteCalibration(BinaryWriter writer, ScoreCalibration calibration)
    {
        writer.Write((byte)calibration.Segments);
        SegmentedCalibrator[] all = [calibration.Forest, calibration.Autoencoder, calibration.TailSum, calibration.Fused];
        foreach (var segmented in all)
        {
            WriteSegmented(writer, segmented);
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
            throw new FormatException(
                $"Segments of kind {(byte)segments}; allowed: {(byte)PaymentSegments.None} to {(byte)PaymentSegments.ChannelAndAge}.");
        }

        var (forest, autoencoder, tailSum, fused) = (
            ReadSegmented(reader, segments, "the forest's calibrator"), ReadSegmented(reader, segments, "the autoencoder's calibrator"),
            ReadSegmented(reader, segments, "the tail sum's calibrator"), ReadSegmented(reader, segments, "the combination's calibrator"));
        return new ScoreCalibration(
            segments, forest, autoencoder, tailSum, new ScoreFusion(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()), fused);
    }

    private static void WriteSegmented(BinaryWriter writer, SegmentedCalibrator segmented)
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

    private static SegmentedCalibrator ReadSegmented(BinaryReader reader, PaymentSegments segments, string part)
    {
        var all = ReadCalibrator(reader, part);
        var own = new ScoreCalibrator?[segments.Count()];
        for (var segment = 0; segment < own.Length; segment++)
        {
            own[segment] = reader.ReadBoolean() ? ReadCalibrator(reader, $"{part} of segment {segment}") : null;
        }

        return new SegmentedCalibrator(all, own);
    }
}
