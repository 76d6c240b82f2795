using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Datasets.Simulation;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Evaluation;

namespace Aegis.Training.Generating;

/// <summary>Writes a simulated data set and judges it by rules without any model.</summary>
internal static class Generation
{
    private const int ReportEvery = 10_000;

    /// <summary>Writes the file payment by payment.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">An option of the simulated world is out of range.</exception>
    public static GenerationReport Run(GenerateOptions options, IProgress<TrainingProgress> progress)
    {
        long count = 0;
        var rules = new TrivialRules(CurrencyRates.Default);
        using var writer = new CsvTransactionWriter(options.Path);
        foreach (var row in new TransactionSimulator(options.Simulation).Stream(options.Start, options.Days))
        {
            writer.Write(row);
            rules.Add(row);
            if (++count % ReportEvery == 0)
            {
                var day = DateOnly.FromDateTime(row.Transaction.EventTime.UtcDateTime).DayNumber - options.Start.DayNumber;
                progress.Report(new("generate", day / (double)options.Days));
            }
        }

        return new GenerationReport(count, rules);
    }
}
