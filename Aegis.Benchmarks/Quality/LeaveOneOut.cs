namespace Aegis.Benchmarks.Quality;

/// <summary>A way to score, judged on several sets of data.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ratios">For each set of data, its average precision against a yardstick.</param>
/// <param name="Mean">The mean of the ratios.</param>
/// <param name="Worst">The least of them.</param>
/// <param name="MeanLog">The mean of their logarithms, by which ways are chosen: a loss counts as much as a gain.</param>
internal sealed record JudgedWay(string Name, IReadOnlyList<double> Ratios, double Mean, double Worst, double MeanLog);

/// <summary>What the way that all other sets of data would choose gives on a set.</summary>
/// <param name="Data">The set left out.</param>
/// <param name="Chosen">The way that is best on the others, by the mean of the logarithms.</param>
/// <param name="Ratio">What it gives on the set.</param>
internal sealed record LeftOut(string Data, string Chosen, double Ratio);

/// <summary>Ways to score, each on every set of data, and which of them the others would choose for a set.</summary>
internal sealed record LeaveOneOut(IReadOnlyList<string> Data, IReadOnlyList<JudgedWay> Ways, IReadOnlyList<LeftOut> LeftOut)
{
    /// <summary>Judges ways.</summary>
    /// <param name="data">The names of the sets of data.</param>
    /// <param name="ratios">By way, its ratio on each set.</param>
    public static LeaveOneOut Of(IReadOnlyList<string> data, IReadOnlyDictionary<string, List<double>> ratios)
    {
        double MeanLog(string way, int without) =>
            Enumerable.Range(0, data.Count).Where(i => i != without).Average(i => Math.Log(ratios[way][i]));
        return new LeaveOneOut(
            data,
            [.. ratios.Select(
                way => new JudgedWay(way.Key, way.Value, way.Value.Average(), way.Value.Min(), MeanLog(way.Key, without: -1)))],
            [.. data.Select((name, i) =>
            {
                var chosen = ratios.Keys.MaxBy(way => MeanLog(way, without: i))!;
                return new LeftOut(name, chosen, ratios[chosen][i]);
            })]);
    }
}
