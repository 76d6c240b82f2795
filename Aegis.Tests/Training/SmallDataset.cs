using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Datasets.Simulation;
using Aegis.MachineLearning.Evaluation;

namespace Aegis.Tests.Training;

/// <summary>Thirty days of simulated payments in a file, with the payments beside it.</summary>
public sealed class SmallDataset : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public SmallDataset()
    {
        var options = new SimulationOptions { Customers = 200, Merchants = 1_000, FraudShare = 0.05 };
        Payments = [.. new TransactionSimulator(options).Stream(First, 30)];
        Path = System.IO.Path.Combine(_folder, "small.csv");
        ChoicePath = System.IO.Path.Combine(_folder, "choice.json");
        using var writer = new CsvTransactionWriter(Path);
        foreach (var payment in Payments)
        {
            writer.Write(payment);
        }

        File.WriteAllText(ChoicePath, """{"inputs":["amount_log","amount_z","sum_1h"],"trees":20,"subsamples":[128]}""");
    }

    internal static DateOnly First { get; } = new(2025, 3, 1);

    /// <summary>The file.</summary>
    internal string Path { get; }

    /// <summary>A choice of three inputs and a small forest.</summary>
    internal string ChoicePath { get; }

    /// <summary>What stands in the file.</summary>
    internal IReadOnlyList<LabelledTransaction> Payments { get; }

    /// <summary>Days of the stream, counted from 0.</summary>
    internal static DateRange Days(int first, int last) => new(First.AddDays(first), First.AddDays(last));

    /// <summary>The day of a payment, counted from 0.</summary>
    internal static int DayOf(LabelledTransaction payment) =>
        DateOnly.FromDateTime(payment.Transaction.EventTime.UtcDateTime).DayNumber - First.DayNumber;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
