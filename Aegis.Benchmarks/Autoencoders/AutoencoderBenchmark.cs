using System.Diagnostics;
using Aegis.Benchmarks.EndToEnd;
using Aegis.Core.Numerics;
using Aegis.MachineLearning.Autoencoders;
using Aegis.TestRig;
using Spectre.Console;

namespace Aegis.Benchmarks.Autoencoders;

/// <summary>Compares an autoencoder of 40-16-8-16-40 with a textbook one of the same weights. Medians of one run;
/// scoring on one thread.</summary>
internal sealed class AutoencoderBenchmark
{
    private const int RowCount = 200_000;
    private const int Columns = 40;
    private const int Factors = 10;
    private const int BatchRows = 256;
    private const int Repeats = 31;
    private const int SlowRepeats = 5;
    private const int SlowRows = 20_000;

    private readonly float[] _rows;
    private readonly double[] _scores = new double[RowCount];
    private readonly float[] _errors = new float[Columns];
    private readonly AutoencoderOptions _options;

    private AutoencoderBenchmark(ulong seed)
    {
        _rows = Rows(seed);
        _options = new AutoencoderOptions { HiddenUnits = 16, CodeUnits = 8, Seed = seed };
    }

    /// <summary>Measures, prints a table and writes <c>artifacts/bench/autoencoder.json</c>.</summary>
    public static void Run(ulong seed)
    {
        Report.Say($"{RowCount:N0} rows of {Columns} inputs, {Columns}-16-8-16-{Columns}");
        new AutoencoderBenchmark(seed).Measure();
    }

    private void Measure()
    {
        var (tanh, fit) = Fit(_options);
        var (silu, siluFit) = Fit(_options with { Activation = Activation.Silu });
        var (_, oneThreadFit) = Fit(_options with { Threads = 1 });
        var pass = Passes.Median(Repeats, () => ScoreInBatches(tanh));
        var bytes = Passes.BytesOf(() => ScoreInBatches(tanh));
        var meanScore = _scores.Average();
        var siluPass = Passes.Median(Repeats, () => ScoreInBatches(silu));
        var single = Passes.Median(Repeats, () => ScoreOneByOne(tanh)) / RowCount;
        var (mean, textbookMean) = (_scores.AsSpan(0, SlowRows).ToArray().Average(), 0.0);
        var textbook = new TextbookAutoencoder(tanh);
        var textbookPass = Passes.Median(SlowRepeats, () => textbookMean = ScoreBy(textbook)) / SlowRows;
        if (Math.Abs(textbookMean - mean) > 1e-5 * mean)
        {
            throw new InvalidOperationException(
                $"The textbook's mean score is {textbookMean:R}; that of the same weights in batches is {mean:R}.");
        }

        var result = new AutoencoderResult
        {
            RowsPerSecond = RowCount / pass,
            FitSeconds = fit.Seconds,
            FitEpochs = fit.Epochs,
            FitCpuSeconds = fit.CpuSeconds,
            FitSecondsOneThread = oneThreadFit.Seconds,
            SingleRowUs = single * 1e6,
            BytesPerRow = bytes / (double)RowCount,
            RatioToTextbook = textbookPass * RowCount / pass,
            TextbookRowsPerSecond = 1 / textbookPass,
            SiluRowsPerSecond = RowCount / siluPass,
            SiluFitSeconds = siluFit.Seconds,
            MeanScore = meanScore,
            Machine = Machine.Here(),
        };
        Show(result);
        Report.Write("autoencoder", result);
    }

    private static void Show(AutoencoderResult result)
    {
        var table = new Table().AddColumns(
            "autoencoder, one thread", "rows/s", "to textbook", "one row, µs", "fit of 200,000 rows, s", "bytes/row")
            .Border(TableBorder.Markdown);
        table.AddRow("textbook C#", $"{result.TextbookRowsPerSecond:N0}", "1", $"{1e6 / result.TextbookRowsPerSecond:N2}", "", "");
        table.AddRow("Aegis, tanh", $"{result.RowsPerSecond:N0}", $"{result.RatioToTextbook:N1}", $"{result.SingleRowUs:N2}",
            $"{result.FitSecondsOneThread:N1}", $"{result.BytesPerRow:N0}");
        table.AddRow("Aegis, SiLU", $"{result.SiluRowsPerSecond:N0}", $"{result.SiluRowsPerSecond / result.TextbookRowsPerSecond:N1}", "",
            "", "");
        AnsiConsole.Write(table);
        Report.Say($"fit on all cores: {result.FitSeconds:N1} s ({result.FitCpuSeconds:N1} s of processor time), {result.FitEpochs} passes; SiLU {result.SiluFitSeconds:N1} s");
        Report.Say($"{result.Machine}");
    }

    private (Autoencoder Autoencoder, FitTime Time) Fit(AutoencoderOptions options)
    {
        var epochs = new LastReport();
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var autoencoder = AutoencoderTrainer.Train(_rows, Columns, options, epochs);
        return (autoencoder, new FitTime(
            Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds, epochs.Value));
    }

    private void ScoreInBatches(Autoencoder autoencoder)
    {
        var scratch = new float[autoencoder.ScratchLength];
        for (var start = 0; start < RowCount; start += BatchRows)
        {
            var count = Math.Min(BatchRows, RowCount - start);
            autoencoder.Score(_rows.AsSpan(start * Columns, count * Columns), count, _scores.AsSpan(start), scratch);
        }
    }

    private void ScoreOneByOne(Autoencoder autoencoder)
    {
        var scratch = new float[autoencoder.ScratchLength];
        for (var row = 0; row < RowCount; row++)
        {
            _scores[row] = autoencoder.Score(_rows.AsSpan(row * Columns, Columns), _errors, scratch);
        }
    }

    private double ScoreBy(TextbookAutoencoder textbook)
    {
        var total = 0.0;
        for (var row = 0; row < SlowRows; row++)
        {
            total += textbook.Score(_rows.AsSpan(row * Columns, Columns));
        }

        return total / SlowRows;
    }

    /// <summary>Rows of a few hidden factors, mixed into all columns, with noise: structure that the code layer can find.</summary>
    private static float[] Rows(ulong seed)
    {
        var random = new SeededRandom(seed);
        var mixing = new float[Factors * Columns];
        foreach (ref var value in mixing.AsSpan())
        {
            value = (float)random.NextNormal() / 3;
        }

        var rows = new float[RowCount * Columns];
        Span<float> factors = stackalloc float[Factors];
        for (var row = 0; row < RowCount; row++)
        {
            foreach (ref var factor in factors)
            {
                factor = (float)random.NextNormal();
            }

            for (var column = 0; column < Columns; column++)
            {
                var sum = 0.3f * (float)random.NextNormal();
                for (var factor = 0; factor < Factors; factor++)
                {
                    sum += factors[factor] * mixing[(factor * Columns) + column];
                }

                rows[(row * Columns) + column] = sum;
            }
        }

        return rows;
    }

    private readonly record struct FitTime(double Seconds, double CpuSeconds, int Epochs);

    private sealed class LastReport : IProgress<int>
    {
        public int Value { get; private set; }

        public void Report(int value) => Value = value;
    }
}
