using Aegis.Benchmarks.EndToEnd;

namespace Aegis.Benchmarks.Quality;

/// <summary>Judges what ships for data that nobody tuned for, beside what else was tried, by leaving each set of data out;
/// <c>artifacts/bench/mixes.json</c>.</summary>
internal static class MixesBenchmark
{
    /// <summary>Runs both comparisons.</summary>
    /// <param name="data">The folder of the public files.</param>
    /// <param name="seeds">Seeds per table.</param>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    public static async Task RunAsync(string data, int seeds)
    {
        Report.Say("judging rules on tables");
        var tables = TableMixes.Run(data, seeds);
        Report.Write("mixes", new MixesResult(tables, await StreamDefaults.RunAsync(data)));
    }
}

/// <summary>Result of a comparison.</summary>
/// <param name="Tables">Rules that join detectors; the yardstick is the best single detector of the table.</param>
/// <param name="Streams">Choices of inputs, forest and weights; the yardstick is the choice tuned for the stream.</param>
internal sealed record MixesResult(LeaveOneOut Tables, LeaveOneOut Streams);
