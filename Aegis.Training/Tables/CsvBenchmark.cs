using Aegis.Datasets.Files;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Tables;

namespace Aegis.Training.Tables;

/// <summary>Benchmarks the detectors on a table in a file.</summary>
internal static class CsvBenchmark
{
    /// <summary>Reads the table, fits and judges.</summary>
    /// <exception cref="DatasetException">The file cannot be read as a table of numbers.</exception>
    /// <exception cref="ArgumentException">There are too few rows to fit on, or the judged rows all have one label.</exception>
    public static BenchmarkReport Run(BenchmarkOptions options, IProgress<TrainingProgress> progress)
    {
        progress.Report(new("table", 0));
        var whole = NumericTableReader.Read(options.CsvPath, options.Label, options.Drop, TableModelTrainer.MaxColumns);
        var (table, notes) = JudgedTable.Of(whole, options.Split.FitRows(whole.Labels.Length), options.Keep);
        var benchmark = new TableBenchmark(table, options.Split);
        progress.Report(new("table", 1));
        var usual = new TableModelOptions();
        var forest = usual.Forest with
        {
            Trees = options.Trees, SubsampleSizes = [options.Subsample], ColumnsPerSplit = options.ColumnsPerSplit,
        };
        return new BenchmarkReport
        {
            File = Path.GetFileName(options.CsvPath),
            Rows = table.Labels.Length,
            Columns = table.Columns.Count,
            Anomalies = table.Labels.Count(label => label),
            Missing = table.Missing,
            ColumnNotes = notes,
            Split = options.Split.ToString(),
            FitRows = benchmark.FitRows,
            JudgedRows = benchmark.JudgedRows,
            JudgedAnomalies = benchmark.Anomalies,
            Seeds = options.Seeds,
            Trees = options.Trees,
            Subsample = options.Subsample,
            ColumnsPerSplit = options.ColumnsPerSplit,
            Machine = Machine.Current,
            Models = benchmark.Run(options.Models, options.Seeds, usual with { Forest = forest }, progress),
        };
    }
}
