using Aegis.Benchmarks.EndToEnd;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Datasets.Maps;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Choices;
using Aegis.MachineLearning.Evaluation;
using Aegis.TestRig;

namespace Aegis.Benchmarks.Quality;

/// <summary>How well ten confirmed frauds choose among the shipped choices; <c>artifacts/bench/choosing.json</c>.</summary>
/// <remarks>Of each stream, models are trained on four weeks, frauds are drawn from the same weeks, and the choice is judged on the
/// four weeks after them.</remarks>
internal static class ChoosingBenchmark
{
    private const int Draws = 20;
    private const int Days = 28;
    private const int Shards = 16;

    /// <summary>Judges every stream.</summary>
    /// <param name="data">The folder of the public files.</param>
    public static void Run(string data)
    {
        var handbook = PublicData.Existing(data, "handbook-2018-04-01_08-14.csv.gz");
        var sparkov = PublicData.Existing(data, "sparkov-2024.csv.gz");
        var streams = new List<(string Name, Func<IEnumerable<LabelledTransaction>> Payments, DateOnly First)>
        {
            ("handbook, April", () => Payments(handbook, "handbook"), new(2018, 4, 15)),
            ("handbook, June", () => Payments(handbook, "handbook"), new(2018, 6, 1)),
            ("sparkov, January", () => Payments(sparkov, "sparkov"), new(2024, 1, 15)),
            ("sparkov, April", () => Payments(sparkov, "sparkov"), new(2024, 4, 1)),
        };
        streams.AddRange(WorldCharacters.All.Select(world => ($"world, {world.Name}", world.Payments, new DateOnly(2025, 1, 15))));
        var results = new List<ChosenStream>();
        foreach (var (name, payments, first) in streams)
        {
            Report.Say($"choosing for {name}");
            results.Add(Judge(name, payments(), first));
        }

        Report.Write("choosing", new ChoosingResult(results, results.Average(stream => stream.Ratio), Machine.Here()));
    }

    private static ChosenStream Judge(string name, IEnumerable<LabelledTransaction> payments, DateOnly first)
    {
        var (known, later) = Read(payments, first);
        var frauds = Enumerable.Range(0, known.Count).Where(row => known.Frauds[row]).ToArray();
        var shares = new List<(string Choice, double[] Shares)>();
        var laterAps = new Dictionary<string, double>();
        foreach (var choice in ModelChoice.ShippedNames)
        {
            var model = FraudModelTrainer.Train(
                known, ModelChoice.Named(choice, feedsLabels: false)!.ToOptions(seed: 1, new AlertBudget()), CurrencyRates.Default, Shards,
                "choosing", new Dictionary<string, string>());
            var risks = ChoiceSelection.Risks(model, known.Features);
            shares.Add((choice, ChoiceSelection.Shares([.. frauds.Select(row => risks[row])], risks)));
            laterAps[choice] = RankingMetrics.AveragePrecision(ChoiceSelection.Risks(model, later.Features), [.. later.Frauds]);
        }

        var best = laterAps.Values.Max();
        var draws = Enumerable.Range(0, Draws).Select(draw =>
        {
            var random = SeededRandom.For((ulong)draw, 0xd4);
            var drawn = Enumerable.Range(0, frauds.Length).OrderBy(_ => random.NextBits()).Take(ChoiceSelection.MinFrauds).ToArray();
            var chosen = ChoiceSelection.Judge(
                [.. shares.Select(choice => (choice.Choice, drawn.Select(fraud => choice.Shares[fraud]).ToArray()))], (ulong)draw)[0];
            return (chosen.Choice, Ratio: laterAps[chosen.Choice] / best);
        }).ToList();
        return new ChosenStream(
            name, known.Count, frauds.Length, laterAps, ModelChoice.ShippedNames.ToDictionary(
                choice => choice, choice => draws.Count(draw => draw.Choice == choice)), laterAps[ModelChoice.DefaultName] / best,
            draws.Average(draw => draw.Ratio), draws.Min(draw => draw.Ratio));
    }

    private static IEnumerable<LabelledTransaction> Payments(string file, string map) =>
        new CsvTransactionReader(
            file, ColumnMap.Load(map), TimeProvider.System.GetUtcNow(), new CardTokeniser(new byte[CardTokeniser.KeyBytes])).Read()
            .Where(row => row.Transaction is not null).Select(row => new LabelledTransaction(row.Transaction!, row.Label));

    private static (FeatureRows Known, FeatureRows Later) Read(IEnumerable<LabelledTransaction> payments, DateOnly first)
    {
        var histories = new ShardedHistories(CurrencyRates.Default, Shards);
        var known = new FeatureRows();
        var later = new FeatureRows();
        var features = new float[FeatureSchema.Count];
        foreach (var (transaction, label) in payments)
        {
            histories.ExtractAndAdd(transaction, features);
            var day = DateOnly.FromDateTime(transaction.EventTime.UtcDateTime).DayNumber;
            var past = day - first.DayNumber;
            if (past >= 2 * Days)
            {
                break;
            }

            if (past >= 0)
            {
                (past < Days ? known : later).Add(
                    features, transaction.CardToken, day, label.IsFraud, StableHash.Hash64(transaction.Id));
            }
        }

        return (known, later);
    }
}

/// <summary>How a stream was chosen for.</summary>
/// <param name="Name">The stream.</param>
/// <param name="Payments">The payments that models are trained on.</param>
/// <param name="Frauds">The frauds among them, of which ten are drawn each time.</param>
/// <param name="LaterAp">By choice, the average precision on the four weeks after them.</param>
/// <param name="Chosen">By choice, the number of draws that chose it.</param>
/// <param name="DefaultRatio">What the default gives, as a share of the best choice.</param>
/// <param name="Ratio">What the chosen one gives, as a share of the best, the mean over all draws.</param>
/// <param name="WorstRatio">The least of all draws.</param>
internal sealed record ChosenStream(
    string Name, int Payments, int Frauds, IReadOnlyDictionary<string, double> LaterAp, IReadOnlyDictionary<string, int> Chosen,
    double DefaultRatio, double Ratio, double WorstRatio);

/// <summary>How well ten frauds choose.</summary>
/// <param name="Streams">Every stream.</param>
/// <param name="Ratio">The mean of the streams' ratios.</param>
/// <param name="Machine">The machine that ran it.</param>
internal sealed record ChoosingResult(IReadOnlyList<ChosenStream> Streams, double Ratio, Machine Machine);
