using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.TailSums;

namespace Aegis.Tests.MachineLearning.Bundles;

public sealed class ModelPartsTests
{
    [Fact]
    public void WriteArray_IsACountAndTheRawValues() =>
        Assert.Equal([2, 0, 0, 0, 0x34, 0x12, 0xff, 0xff], Written(writer => ModelParts.WriteArray<short>(writer, [0x1234, -1])));

    [Fact]
    public void ReadArray_OfNone_IsEmpty()
    {
        Assert.Equal([], Read(Written(writer => ModelParts.WriteArray<double>(writer, [])), ModelParts.ReadArray<double>));
        Assert.Equal([1.5, -2], Read(Written(writer => ModelParts.WriteArray(writer, [1.5, -2])), ModelParts.ReadArray<double>));
    }

    [Theory]
    [InlineData(-1, 8, "-1 values of 4 bytes where 8 bytes are left.")]
    [InlineData(3, 11, "3 values of 4 bytes where 11 bytes are left.")]
    [InlineData(int.MaxValue, 12, "2147483647 values of 4 bytes where 12 bytes are left.")]
    public void ReadArray_OfACountThatDoesNotFit_IsRefused(int count, int left, string message) => Assert.Equal(
        message, Assert.Throws<FormatException>(() => Read(Counted(count, left), ModelParts.ReadArray<float>)).Message);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 5)]
    public void ReadCount_OfAsManyAsAreLeft_IsTaken(int count, int left) => Assert.Equal(
        count, Read(Counted(count, left), reader =>
        {
            var read = ModelParts.ReadCount(reader);
            reader.ReadBytes(left);
            return read;
        }));

    [Theory]
    [InlineData(-1, 8, "-1 parts where 8 bytes are left.")]
    [InlineData(6, 5, "6 parts where 5 bytes are left.")]
    public void ReadCount_OfMoreThanAreLeft_IsRefused(int count, int left, string message) => Assert.Equal(
        message, Assert.Throws<FormatException>(() => Read(Counted(count, left), ModelParts.ReadCount)).Message);

    [Fact]
    public void ACalibrator_ComesBackAsItWas()
    {
        var calibrator = new ScoreCalibrator([1, 2, 5], 1.25, 3.5, -0.25, 0.75);
        var read = Read(
            Written(writer => ModelParts.WriteCalibrator(writer, calibrator)), reader => ModelParts.ReadCalibrator(reader, "it"));
        Assert.Equal([1, 2, 5], read.Scores.ToArray());
        Assert.Equal((1.25, 3.5, -0.25, 0.75), (read.JointLevel, read.HighestLevel, read.TailShape, read.TailScale));
    }

    [Fact]
    public void ATailSum_ComesBackAsItWas()
    {
        var (one, other) = (new ScoreCalibrator([1], 0, 1, 0, 1), new ScoreCalibrator([2], 0, 2, 0, 1));
        var tailSum = new TailSum([new(one, null, false), new(one, other, true), new(other, one, false)]);
        var read = Read(Written(writer => ModelParts.WriteTailSum(writer, tailSum)), ModelParts.ReadTailSum);
        Assert.Equal(
            [(1, null, false), (1, 2, true), (2, 1, false)],
            read.Columns.Select(column => (column.Upper.Scores[0], column.Lower?.Scores[0], column.IsLongBelow)));
    }

    [Fact]
    public void AnAutoencoder_ComesBackAsItWas()
    {
        var layers = new[]
        {
            new DenseLayer(2, 1, Activation.Tanh, [0.5f, -0.5f, 0.25f]), new DenseLayer(1, 2, Activation.Identity, [1, 2, 3, 4]),
        };
        var autoencoder = new Autoencoder(layers, [1, 0.5f], inputLimit: 3);
        var read = Read(Written(writer => ModelParts.WriteAutoencoder(writer, autoencoder)), ModelParts.ReadAutoencoder);
        Assert.Equal(
            [(2, 1, Activation.Tanh), (1, 2, Activation.Identity)],
            read.Layers.ToArray().Select(layer => (layer.Inputs, layer.Outputs, layer.Activation)));
        Assert.Equal(layers.SelectMany(layer => layer.ToParameters()), read.Layers.ToArray().SelectMany(layer => layer.ToParameters()));
        Assert.Equal([1, 0.5f], read.ErrorWeights.ToArray());
        Assert.Equal(3, read.InputLimit);
    }

    [Fact]
    public void AForest_ComesBackAsItWas()
    {
        var forest = new IsolationForest(
            [new(0, 1, 0.5f, 0), new(-1, 0, 0, 2), new(-1, 0, 0, 3)], [0], pathNormaliser: 2.5, columnsPerSplit: 1, terms: []);
        var read = Read(
            Written(writer => ModelParts.WriteForest(writer, forest)), reader => ModelParts.ReadForest(reader, ForestRules.Any));
        Assert.Equal(forest.Nodes.ToArray(), read.Nodes.ToArray());
        Assert.Equal([0], read.Roots.ToArray());
        Assert.Equal((2.5, 1), (read.PathNormaliser, read.ColumnsPerSplit));
        Assert.Equal(0, read.Terms.Length);
    }

    private static byte[] Counted(int count, int left) => Written(writer =>
    {
        writer.Write(count);
        writer.Write(new byte[left]);
    });

    private static byte[] Written(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        write(writer);
        return stream.ToArray();
    }

    /// <summary>What a part gives, which must be all that there is.</summary>
    private static T Read<T>(byte[] bytes, Func<BinaryReader, T> read)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var value = read(reader);
        Assert.Equal(bytes.Length, reader.BaseStream.Position);
        return value;
    }
}
