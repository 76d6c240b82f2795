using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Aegis.Core.Decisions;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Kernels;
using Aegis.MachineLearning.TailSums;
using static Aegis.MachineLearning.Bundles.PartRules;

namespace Aegis.MachineLearning.Bundles;

/// <summary>Writes and reads the parts of model files; docs/bundle.md lists their fields.</summary>
internal static class ModelParts
{
    public static void WriteForest(BinaryWriter writer, IsolationForest forest)
    {
        WriteArray(writer, forest.Nodes);
        WriteArray(writer, forest.Roots);
        writer.Write(forest.PathNormaliser);
        writer.Write(forest.ColumnsPerSplit);
        WriteArray(writer, forest.Terms);
    }

    public static IsolationForest ReadForest(BinaryReader reader, ForestRules rules)
    {
        var (nodes, roots, normaliser, columns) = (
            ReadArray<ForestNode>(reader), ReadArray<int>(reader), reader.ReadDouble(), reader.ReadInt32());
        rules.Check(nodes, roots, columns);
        return new IsolationForest(nodes, roots, normaliser, columns, ReadArray<PlaneTerm>(reader));
    }

    public static void WriteAutoencoder(BinaryWriter writer, Autoencoder autoencoder)
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

    public static Autoencoder ReadAutoencoder(BinaryReader reader)
    {
        var layers = new DenseLayer[ReadCount(reader)];
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i] = new DenseLayer(
                reader.ReadInt32(), reader.ReadInt32(), (Activation)reader.ReadByte(), InRange(
                    ReadArray<float>(reader), float.MinValue, float.MaxValue, $"layer {i} of the autoencoder"));
        }

        return new Autoencoder(
            layers, InRange(ReadArray<float>(reader), 0, float.MaxValue, "the autoencoder's error weights"), reader.ReadSingle());
    }

    public static void WriteTailSum(BinaryWriter writer, TailSum tailSum)
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

    public static TailSum ReadTailSum(BinaryReader reader)
    {
        var columns = new TailColumn[ReadCount(reader)];
        for (var i = 0; i < columns.Length; i++)
        {
            var upper = ReadCalibrator(reader, $"the tail sum's column {i}");
            columns[i] = reader.ReadBoolean()
                ? new TailColumn(upper, ReadCalibrator(reader, $"the tail sum's column {i}, negated"), reader.ReadBoolean())
                : new TailColumn(upper, null, IsLongBelow: false);
        }

        return new TailSum(columns);
    }

    public static void WriteCalibrator(BinaryWriter writer, ScoreCalibrator calibrator)
    {
        WriteArray(writer, calibrator.Scores);
        writer.Write(calibrator.JointLevel);
        writer.Write(calibrator.HighestLevel);
        writer.Write(calibrator.TailShape);
        writer.Write(calibrator.TailScale);
    }

    /// <summary>Reads a calibrator.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="part">The calibrator's name in error texts, for example <c>the forest's calibrator</c>.</param>
    public static ScoreCalibrator ReadCalibrator(BinaryReader reader, string part) => Finite(
        new ScoreCalibrator(
            Rising(ReadArray<double>(reader), part), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()),
        part);

    public static void WritePolicy(BinaryWriter writer, DecisionPolicy policy)
    {
        writer.Write(policy.ReviewAt);
        writer.Write(policy.DeclineAt);
        writer.Write(policy.Budget.CardsPerTenThousand);
        writer.Write(policy.Budget.DeclineShare);
        if (policy.SplitsTies)
        {
            writer.Write(policy.ReviewTies);
            writer.Write(policy.DeclineTies);
        }
    }

    /// <summary>Reads a policy.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="hasTies">True if the file holds the shares of ties; else all payments at a threshold count.</param>
    public static DecisionPolicy ReadPolicy(BinaryReader reader, bool hasTies)
    {
        var policy = new DecisionPolicy(
            reader.ReadDouble(), reader.ReadDouble(), new AlertBudget(reader.ReadDouble(), reader.ReadDouble()));
        return hasTies ? policy with { ReviewTies = reader.ReadDouble(), DeclineTies = reader.ReadDouble() } : policy;
    }

    public static void WriteArray<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Reads the number of parts that follow, each at least a byte long.</summary>
    public static int ReadCount(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        return count >= 0 && count <= left ? count : throw new FormatException($"{count} parts where {left} bytes are left.");
    }

    public static T[] ReadArray<T>(BinaryReader reader)
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
