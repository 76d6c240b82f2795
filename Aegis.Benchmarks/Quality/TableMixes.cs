using Aegis.Datasets.Files;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Evaluation;
using Aegis.MachineLearning.Tables;

namespace Aegis.Benchmarks.Quality;

/// <summary>Judges rules that join a table's detectors without labels.</summary>
internal static class TableMixes
{
    private static readonly string[] Public = ["6_cardio", "23_mammography", "31_satimage-2", "32_shuttle", "38_thyroid"];

    // Below this no detector sees the anomalies, and a ratio would compare noise.
    private const double LeastAp = 0.02;

    private static readonly (string Name, Func<double[], double> Of)[] Rules =
    [
        ("forest alone", levels => levels[0]), ("autoencoder alone", levels => levels[1]), ("tail sum alone", levels => levels[2]),
        ("0.9 forest, 0.1 autoencoder", levels => (0.9 * levels[0]) + (0.1 * levels[1])),
        ("mean of three", levels => levels.Average()),
        ("two largest", levels => levels.Sum() - levels.Min()),
        ("largest", levels => levels.Max()),
        ("log-sum-exp", levels => levels.Max() + Math.Log(levels.Sum(level => Math.Exp(level - levels.Max())))),
    ];

    /// <summary>By rule, the ratio of its average precision to that of the best single detector, for each table.</summary>
    /// <param name="data">The folder of the public files.</param>
    /// <param name="seeds">Seeds per table.</param>
    public static LeaveOneOut Run(string data, int seeds)
    {
        var (names, ratios) = (new List<string>(), new Dictionary<string, List<double>>());
        var tables = Public.Select(name => Read(name, PublicData.Existing(data, Path.Combine("adbench", $"{name}.csv.gz"))))
            .Concat(MadeTables.All());
        foreach (var table in tables)
        {
            var means = new Dictionary<string, double>();
            for (var seed = 1; seed <= seeds; seed++)
            {
                foreach (var (rule, ap) in Judge(table, (ulong)seed))
                {
                    means[rule] = means.GetValueOrDefault(rule) + (ap / seeds);
                }
            }

            var best = Rules[..3].Max(rule => means[ByRank(rule.Name)]);
            if (best < LeastAp)
            {
                continue;
            }

            names.Add(table.Name);
            foreach (var (rule, ap) in means)
            {
                (ratios.TryGetValue(rule, out var list) ? list : ratios[rule] = []).Add(ap / best);
            }
        }

        return LeaveOneOut.Of(names, ratios);
    }

    private static string ByRank(string rule) => rule.EndsWith("alone", StringComparison.Ordinal) ? rule : $"{rule}, by rank";

    private static LabelledTable Read(string name, string path)
    {
        var table = NumericTableReader.Read(path, null, [], TableModelTrainer.MaxColumns);
        return new LabelledTable(name, table.Values, table.Columns.Count, table.Labels);
    }

    private static IEnumerable<(string Rule, double Ap)> Judge(LabelledTable table, ulong seed)
    {
        var rows = TableEncoder.Fit(table.Values, table.Columns).Encode(table.Values);
        var options = new TableModelOptions { Seed = seed };
        var forest = TableModelTrainer.FitForest(rows, table.Columns, options);
        var autoencoder = TableModelTrainer.FitAutoencoder(rows, forest, options);
        var tailSum = TableModelTrainer.FitTailSum(rows, table.Columns);
        double[][] raw = [Score(forest), Score(autoencoder), Score(tailSum)];
        var ranks = raw.Select(scores => scores.Select(ScoreCalibrator.Fit(scores).NegativeLogP).ToArray()).ToArray();
        double[][] comparable = [raw[0], [.. raw[1].Select(error => Math.Pow(Math.Max(0, error), 0.25))], raw[2]];
        var bodies = comparable.Select(scores => scores.Select(BodyLevel.Fit(scores).Of).ToArray()).ToArray();
        foreach (var (name, rule) in Rules)
        {
            yield return (ByRank(name), Ap(Joined(ranks, rule)));
            if (ByRank(name) != name)
            {
                yield return ($"{name}, by body", Ap(Joined(bodies, rule)));
            }
        }

        yield return ("as shipped: sixth-power norm, by body", Ap(Score(TableModelTrainer.Fuse(rows, forest, autoencoder, tailSum))));

        double[] Score(ITableScorer scorer)
        {
            var scores = new double[table.Labels.Length];
            scorer.Score(rows, scores.Length, scores);
            return scores;
        }

        double[] Joined(double[][] levels, Func<double[], double> rule) =>
            [.. Enumerable.Range(0, table.Labels.Length).Select(row => rule([.. levels.Select(of => of[row])]))];

        double Ap(double[] scores) => RankingMetrics.AveragePrecision(scores, table.Labels);
    }
}
