using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Training;
using Aegis.MachineLearning.Onnx;

namespace Aegis.Tests.MachineLearning.Onnx;

public sealed class ForestOnnxTests
{
    private const int Columns = 7;

    [Fact]
    public void Write_ScoresInOnnxRuntimeAsHere()
    {
        const ulong Seed = 41;
        var random = new SeededRandom(Seed);
        // Values are missing among the training rows and among those scored; infinities and zeros of both signs too.
        float Value() => random.NextInt(20) switch
        {
            0 => float.NaN,
            1 => float.PositiveInfinity,
            2 => float.NegativeInfinity,
            3 => -0f,
            4 => 0f,
            _ => (float)random.NextNormal() * 2,
        };
        float[] Rows(int count) => [.. Enumerable.Range(0, count * Columns).Select(_ => Value())];
        var forest = IsolationForestTrainer.Train(Rows(3_000), Columns, new IsolationForestOptions { Trees = 300, Seed = Seed });
        var rows = Rows(1_000);
        var scores = new double[1_000];
        forest.Score(rows, 1_000, scores);

        var theirs = OnnxRuntime.Run(ForestOnnx.Write(forest, Columns), rows, Columns);

        Assert.Equal(1_000, theirs.Length);
        Assert.True(scores.Max() - scores.Min() > 0.05);
        for (var row = 0; row < 1_000; row++)
        {
            Assert.True(Math.Abs(scores[row] - theirs[row]) <= 1e-5, $"seed {Seed}, row {row}: {scores[row]} here, {theirs[row]} there");
        }
    }

    [Fact]
    public void Write_OfATreeThatIsALeaf_ScoresOneHalf()
    {
        var forest = IsolationForestTrainer.Train([1, 1, 1], 1, new IsolationForestOptions { Trees = 3 });
        Assert.Equal([0.5f, 0.5f], OnnxRuntime.Run(ForestOnnx.Write(forest, 1), [1, 9], 1));
    }

    [Fact]
    public void Write_OfWhatOnnxTreesCannotSay_IsRefused()
    {
        var random = new SeededRandom(1);
        float[] rows = [.. Enumerable.Range(0, 300).Select(_ => (float)random.NextNormal())];
        var extended = IsolationForestTrainer.Train(rows, 3, new IsolationForestOptions { Trees = 3, ColumnsPerSplit = 2 });
        Assert.Contains("splits weigh 2 columns", Assert.Throws<ArgumentException>(() => ForestOnnx.Write(extended, 3)).Message,
            StringComparison.Ordinal);
        var plain = IsolationForestTrainer.Train(rows, 3, new IsolationForestOptions { Trees = 30 });
        Assert.Contains("columns is '2'; allowed: 3", Assert.Throws<ArgumentException>(() => ForestOnnx.Write(plain, 2)).Message,
            StringComparison.Ordinal);
    }
}
