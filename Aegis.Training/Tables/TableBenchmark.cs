using System.Diagnostics;
using Aegis.Datasets.Files;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Evaluation;
using Aegis.MachineLearning.Tables;
using Aegis.Training.Evaluating;

namespace Aegis.Training.Tables;

/// <summary>Fits models on a table and judges them by its labels, which nothing else reads.</summary>
internal sealed class TableBenchmark
{
    // Short tables are scored several times; otherwise the clock would measure the compiler.
    private const int TimedRows = 50_000;

    private readonly int _columns;
    private readonly float[] _fit;
    private readonly float[] _judged;
    private readonly bool[] _labels;

    /// <exception cref="ArgumentException">There are too few rows to fit on, or the judged rows all have one label.</exception>
    public TableBenchmark(NumericTable table, TableSplit split)
    {
        _columns = table.Columns.Count;
        FitRows = split.FitRows(table.Labels.Length);
        var first = split.FirstJudged(table.Labels.Length);
        var fit = table.Values.AsSpan(0, FitRows * _columns);
        var encoder = TableEncoder.Fit(fit, _columns);
        _fit = encoder.Encode(fit);
        _judged = first == 0 && FitRows == table.Labels.Length ? _fit : encoder.Encode(table.Values.AsSpan(first * _columns));
        _labels = table.Labels[first..];
        Anomalies = _labels.Count(label => label);
        if (FitRows < TableModelTrainer.MinRows)
        {
            throw new ArgumentException($"The table leaves {FitRows} rows to fit on; allowed: {TableModelTrainer.MinRows} or more.");
        }

        if (Anomalies == 0 || Anomalies == _labels.Length)
        {
            throw new ArgumentException(
                $"{Anomalies} of the {_labels.Length} rows that are judged are labelled 1; allowed: at least one 1 and one 0.");
        }
    }

    /// <summary>The number of rows that models are fitted on.</summary>
    public int FitRows { get; }

    /// <summary>The number of judged rows.</summary>
    public int JudgedRows => _labels.Length;

    /// <summary>The number of judged rows labelled 1.</summary>
    public int Anomalies { get; }

    /// <summary>Fits and judges with seeds 1 to <paramref name="seeds"/>.</summary>
    public List<TableResult> Run(
        IReadOnlyCollection<Detector> models, int seeds, TableModelOptions options, IProgress<TrainingProgress> progress)
    {
        var measured = models.ToDictionary(model => model, _ => new List<TableMeasurement>());
        for (var seed = 1; seed <= seeds; seed++)
        {
            progress.Report(new("models", (seed - 1) / (double)seeds));
            Measure(options with { Seed = (ulong)seed }, measured);
        }

        progress.Report(new("models", 1));
        return [.. measured.Select(model => TableResult.Over(model.Key, model.Value))];
    }

    private static (T Result, double Seconds) Time<T>(Func<T> work)
    {
        var started = Stopwatch.GetTimestamp();
        return (work(), Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private void Measure(TableModelOptions options, Dictionary<Detector, List<TableMeasurement>> measured)
    {
        var (forest, forestSeconds) = Time(() => TableModelTrainer.FitForest(_fit, _columns, options));
        if (measured.TryGetValue(Detector.Forest, out var ofForest))
        {
            ofForest.Add(Judge(forest, forestSeconds));
        }

        var (tailSum, tailSumSeconds) = Time(() => TableModelTrainer.FitTailSum(_fit, _columns));
        if (measured.TryGetValue(Detector.TailSum, out var ofTailSum))
        {
            ofTailSum.Add(Judge(tailSum, tailSumSeconds));
        }

        if (!measured.ContainsKey(Detector.Autoencoder) && !measured.ContainsKey(Detector.Fused))
        {
            return;
        }

        var (autoencoder, autoencoderSeconds) = Time(() => TableModelTrainer.FitAutoencoder(_fit, forest, options));
        if (measured.TryGetValue(Detector.Autoencoder, out var ofAutoencoder))
        {
            ofAutoencoder.Add(Judge(autoencoder, forestSeconds + autoencoderSeconds));
        }

        if (measured.TryGetValue(Detector.Fused, out var ofFused))
        {
            var (fused, fuseSeconds) = Time(() => TableModelTrainer.Fuse(_fit, forest, autoencoder, tailSum));
            ofFused.Add(Judge(fused, forestSeconds + autoencoderSeconds + tailSumSeconds + fuseSeconds));
        }
    }

    private TableMeasurement Judge(ITableScorer scorer, double fitSeconds)
    {
        var scores = new double[_labels.Length];
        scorer.Score(_judged, scores.Length, scores);
        var passes = Math.Max(1, TimedRows / scores.Length);
        var started = Stopwatch.GetTimestamp();
        for (var pass = 0; pass < passes; pass++)
        {
            scorer.Score(_judged, scores.Length, scores);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new TableMeasurement(
            RankingMetrics.Auroc(scores, _labels), RankingMetrics.AveragePrecision(scores, _labels), fitSeconds,
            (double)passes * scores.Length / seconds);
    }
}
