using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Sources;

namespace Aegis.Training.Bundles;

/// <summary>Payments to train on.</summary>
/// <param name="Payments">The payments in time order, with earlier days that warm the histories.</param>
/// <param name="Days">The days to fit on.</param>
internal sealed record TrainingStream(IEnumerable<LabelledTransaction> Payments, DateRange Days)
{
    private const int SimulatedDays = 30;

    /// <summary>The payments of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The file's map, the days, and whether bad lines are skipped.</param>
    /// <param name="skipped">Remembers the lines left out.</param>
    public static TrainingStream FromFile(string path, TrainOptions options, SkippedLines skipped)
    {
        var payments = TransactionSource.Read(path, options.Map, options.SkipsBad, skipped.Add);
        if (options.Train is { } days)
        {
            return new TrainingStream(payments, days);
        }

        var first = payments.Select(row => DateOnly.FromDateTime(row.Transaction.EventTime.UtcDateTime)).First();
        return new TrainingStream(payments, new DateRange(first, first.AddDays(options.Days - 1)));
    }

    /// <summary>Simulated payments. The days to fit on are the 30 that end yesterday.</summary>
    /// <param name="options">Seed, customers and share of frauds.</param>
    /// <param name="now">The present moment.</param>
    public static TrainingStream Simulated(TrainOptions options, DateTimeOffset now)
    {
        var simulation = new SimulationOptions { Seed = options.Seed, Customers = options.Customers, FraudShare = options.FraudShare };
        var yesterday = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1);
        var days = new DateRange(yesterday.AddDays(1 - SimulatedDays), yesterday);
        var payments = new TransactionSimulator(simulation)
            .Stream(days.First.AddDays(-SimulationOptions.HistoryDays), SimulationOptions.HistoryDays + days.Days);
        return new TrainingStream(payments, days);
    }
}
