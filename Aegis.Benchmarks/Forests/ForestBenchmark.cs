using Aegis.Benchmarks.EndToEnd;
using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Training;
using Aegis.TestRig;
using Spectre.Console;

namespace Aegis.Benchmarks.Forests;

/// <summary>Compares the isolation forest with scikit-learn's and a textbook one: the same rows, the same run, one
/// thread each; medians.</summary>
internal sealed class ForestBenchmark
{
    private const int RowCount = 60_000;
    private const int Columns = 30;
    private const int Trees = 100;
    private const int Subsample = 256;
    private const int Repeats = 15;
    private const int SlowRepeats = 5;

    // So many repeats that the runtime has fully optimised a fit by the time that counts.
    private const int FitRepeats = 51;

    private readonly float[] _rows;
    private readonly double[] _scores = new double[RowCount];
    private readonly IsolationForestOptions _options;

    private ForestBenchmark(ulong seed)
    {
        _rows = Rows(seed);
        _options = new IsolationForestOptions { Trees = Trees, SubsampleSizes = [Subsample], Seed = seed, Threads = 1 };
    }

    /// <summary>Measures, prints a table and returns the figures.</summary>
    public static async Task<ForestResult> RunAsync(ulong seed)
    {
        Report.Say($"{RowCount:N0} rows of {Columns} inputs, {Trees} trees of {Subsample}");
        return await new ForestBenchmark(seed).MeasureAsync();
    }

    private async Task<ForestResult> MeasureAsync()
    {
        var fit = Passes.Median(FitRepeats, Fit);
        var parallelFit = Passes.Median(FitRepeats, () => IsolationForestTrainer.Train(_rows, Columns, _options with { Threads = null }));
        var forest = IsolationForestTrainer.Train(_rows, Columns, _options);
        var pass = Passes.Median(Repeats, () => forest.Score(_rows, RowCount, _scores));
        var meanScore = _scores.Average();
        var single = Passes.Median(Repeats, () => ScoreOneByOne(forest.Score)) / RowCount;
        var bytes = Passes.BytesOf(() => ScoreOneByOne(forest.Score));

        var textbook = new PointerForest(forest);
        var pointerPass = Passes.Median(SlowRepeats, () => ScoreOneByOne(textbook.Score));
        if (Math.Abs(_scores.Average() - meanScore) > 1e-9)
        {
            throw new InvalidOperationException(
                $"The textbook forest's mean score is {_scores.Average():R}; that of the same trees packed is {meanScore:R}.");
        }

        var perfect = PerfectTrees();
        var perfectPass = Passes.Median(Repeats, () => perfect.Score(_rows, RowCount, _scores));
        var other = await ScikitLearn.MeasureAsync(_rows, Columns, Trees, Subsample, SlowRepeats);
        var result = new ForestResult
        {
            RowsPerSecond = RowCount / pass,
            SingleRowUs = single * 1e6,
            SingleRowBytes = bytes / (double)RowCount,
            RatioToSklearn = other is null ? null : Passes.Median(other.PassSeconds) / pass,
            RatioToPointerForest = pointerPass / pass,
            FitSeconds = fit,
            FitRatioToSklearn = other is null ? null : fit / Passes.Median(other.FitSeconds),
            FitSecondsAllCores = parallelFit,
            PerfectTreesRowsPerSecond = RowCount / perfectPass,
            PointerForestRowsPerSecond = RowCount / pointerPass,
            SklearnRowsPerSecond = other is null ? null : RowCount / Passes.Median(other.PassSeconds),
            SklearnSingleRowUs = other is null ? null : Passes.Median(other.SingleSeconds) * 1e6,
            SklearnFitSeconds = other is null ? null : Passes.Median(other.FitSeconds),
            SklearnVersion = other?.Version,
            Machine = Machine.Here(),
        };
        Show(result, forest, meanScore, other);
        return result;
    }

    private void Fit() => IsolationForestTrainer.Train(_rows, Columns, _options);

    private static void Show(ForestResult result, IsolationForest forest, double meanScore, ScikitLearn? other)
    {
        var table = new Table().AddColumns("forest, one thread", "rows/s", "to Aegis", "one row, µs", "fit, ms", "nodes", "mean score")
            .Border(TableBorder.Markdown);
        table.AddRow("Aegis", $"{result.RowsPerSecond:N0}", "1", $"{result.SingleRowUs:N2} ({result.SingleRowBytes:N0} bytes)",
            $"{result.FitSeconds * 1e3:N2}", $"{forest.Nodes.Length:N0}", $"{meanScore:N4}");
        table.AddRow("textbook C#", $"{result.PointerForestRowsPerSecond:N0}", $"1/{result.RatioToPointerForest:N1}",
            $"{1e6 / result.PointerForestRowsPerSecond:N2}", "", $"{forest.Nodes.Length:N0}", $"{meanScore:N4}");
        if (other is not null)
        {
            table.AddRow(
                $"scikit-learn {other.Version}", $"{result.SklearnRowsPerSecond:N0}", $"1/{result.RatioToSklearn:N1}",
                $"{result.SklearnSingleRowUs:N0}", $"{result.SklearnFitSeconds * 1e3:N0}", $"{other.Nodes:N0}", $"{other.MeanScore:N4}");
        }

        table.AddRow("Aegis, perfect trees of depth 8", $"{result.PerfectTreesRowsPerSecond:N0}", "", "", "", $"{Trees * 511:N0}", "");
        AnsiConsole.Write(table);
        Report.Say($"{result.Machine}");
        Report.Say($"fit on all cores: {result.FitSecondsAllCores * 1e3:N2} ms");
        Report.Write("forest", result);
    }

    /// <summary>Ordinary rows in one cloud, and one in a hundred far out in a few inputs.</summary>
    private static float[] Rows(ulong seed)
    {
        var random = new SeededRandom(seed);
        var rows = new float[RowCount * Columns];
        for (var i = 0; i < rows.Length; i++)
        {
            var isFarOut = i / Columns % 100 == 0 && i % 5 == 0;
            rows[i] = (float)(random.NextNormal() + (isFarOut ? 6 : 0));
        }

        return rows;
    }

    /// <summary>Trees in which every walk takes 8 steps: the heaviest that a subsample of 256 can make.</summary>
    private static IsolationForest PerfectTrees()
    {
        const int Splits = 255;
        var random = new SeededRandom(1);
        var nodes = new ForestNode[Trees * ((2 * Splits) + 1)];
        var roots = new int[Trees];
        for (var i = 0; i < nodes.Length; i++)
        {
            var root = i / ((2 * Splits) + 1) * ((2 * Splits) + 1);
            var child = (2 * (i - root)) + 1;
            roots[root / ((2 * Splits) + 1)] = root;
            nodes[i] = i - root < Splits
                ? new ForestNode(
                    random.NextInt(Columns), root + child, (float)random.NextNormal(), 0, random.NextBool(0.5)
                    ? MissingSide.Left
                    : MissingSide.Right)
                : new ForestNode(-1, 0, 0, (float)(8 + random.NextDouble()));
        }

        return new IsolationForest(nodes, roots, Trees * AveragePathLength.Of(Subsample));
    }

    private void ScoreOneByOne(RowScore score)
    {
        for (var row = 0; row < RowCount; row++)
        {
            _scores[row] = score(_rows.AsSpan(row * Columns, Columns));
        }
    }

    private delegate double RowScore(ReadOnlySpan<float> row);
}
