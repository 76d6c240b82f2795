using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Choices;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Evaluating;
using Aegis.Training.Searching;

namespace Aegis.Tests.Training.Evaluating;

public sealed class EvaluationTests(SmallDataset small) : IClassFixture<SmallDataset>
{
    private static readonly Progress<TrainingProgress> Nobody = new();

    private EvaluateOptions Options => new(small.Path, SmallDataset.Days(10, 18), SmallDataset.Days(20, 29))
    {
        Seeds = 2, Shards = 4, K = 3, RemovesKnownCards = false, ChoicePath = small.ChoicePath,
    };

    private List<LabelledTransaction> Tested => [.. small.Payments.Where(payment => SmallDataset.DayOf(payment) is >= 20 and <= 29)];

    [Fact]
    public void Run_OfASmallStream_CountsWhatItFittedOnAndJudged()
    {
        var report = new Evaluation(Options with { Seeds = 1 }).Run(Nobody);
        Assert.Equal(small.Payments.Count(payment => SmallDataset.DayOf(payment) is >= 10 and <= 18), report.Split.TrainRows);
        Assert.Equal(Tested.Count, report.Split.TestRows);
        Assert.Equal(Tested.Count(payment => payment.Label.IsFraud), report.Split.TestFrauds);
        Assert.Equal(
            Tested.Where(payment => payment.Label is { IsFraud: true, Scenario: not null }).GroupBy(payment => payment.Label.Scenario!)
                .OrderBy(scenario => scenario.Key, StringComparer.Ordinal)
                .Select(scenario => new ScenarioCount(scenario.Key, scenario.Count())),
            report.Scenarios);
        Assert.NotEmpty(report.Scenarios);
        Assert.Null(report.Search);
        Assert.Empty(report.Baselines);
        Assert.Empty(report.Ablation);
        Assert.Empty(report.Contamination);
    }

    [Fact]
    public void Run_OfTheRulesWithoutAModel_RanksAsCountingPairsDoes()
    {
        var models = new Evaluation(Options with { Seeds = 1 }).Run(Nobody).Models;
        var amounts = Tested.Select(payment => (double)(float)Math.Log(1 + Euros(payment.Transaction))).ToList();
        Assert.Equal(ByPairs(amounts), models.Amount.Auroc, 1e-4);
        var counts = Tested.Select(payment => (double)small.Payments.Count(other =>
            other.Transaction.CardToken == payment.Transaction.CardToken
            && other.Transaction.EventTime < payment.Transaction.EventTime
            && other.Transaction.EventTime > payment.Transaction.EventTime.AddDays(-1))).ToList();
        Assert.Equal(ByPairs(counts), models.Velocity.Auroc, 1e-4);
        Assert.Equal((0, 0), (models.Amount.AurocSd, models.Velocity.AurocSd));
    }

    [Fact]
    public void Run_OfTwoSeeds_GivesMeanAndDeviationOfTwoModelsTrainedByHand()
    {
        var report = new Evaluation(Options).Run(Nobody);
        var split = new EvaluationSplit(Options.Train, Options.Test, Options.LabelDelayDays, removeKnown: false);
        EvaluationData.Read(small.Payments, [split], Options.Shards, Options.LabelDelayDays, feedsLabels: false);
        var frauds = split.Test.Frauds.ToArray();
        var choice = ModelChoice.Read(small.ChoicePath);
        var bySeed = new ulong[] { 1, 2 }.Select(seed => FraudModelTrainer.Train(
            split.Train, choice.ToOptions(seed, new AlertBudget(100)), CurrencyRates.Default, Options.Shards, "hand",
            new Dictionary<string, string>()))
            .Select(model => ModelScores.Of(model, split.Test)).ToList();
        AssertIsOf(report.Models.Detectors.Forest, a => a.ForestScore);
        AssertIsOf(report.Models.Detectors.Autoencoder, a => a.AutoencoderScore);
        AssertIsOf(report.Models.Detectors.TailSum, a => a.TailSum);
        AssertIsOf(report.Models.Detectors.Fused, a => a.Risk);
        Assert.Equal(
            ["forest", "autoencoder", "tail sum", "fused", "amount", "velocity"], report.AllModels.Select(model => model.Name));

        void AssertIsOf(EvaluationResult result, Func<Assessment, double> score)
        {
            var aurocs = bySeed.Select(test => RankingMetrics.Auroc(test.Select(score).ToArray(), frauds)).ToArray();
            Assert.Equal((aurocs[0] + aurocs[1]) / 2, result.Auroc, 12);
            Assert.Equal(Math.Abs(aurocs[0] - aurocs[1]) / Math.Sqrt(2), result.AurocSd, 12);
        }
    }

    [Fact]
    public void Run_WithKnownCardsRemoved_JudgesOnlyCardsWithoutAFraudKnownByThen()
    {
        var report = new Evaluation(Options with { Seeds = 1, RemovesKnownCards = true, LabelDelayDays = 2 }).Run(Nobody);
        var firstFrauds = small.Payments.Where(payment => payment.Label.IsFraud && SmallDataset.DayOf(payment) >= 10)
            .GroupBy(payment => payment.Transaction.CardToken).ToDictionary(card => card.Key, card => card.Min(SmallDataset.DayOf));
        var left = Tested.Count(payment =>
            !(firstFrauds.TryGetValue(payment.Transaction.CardToken, out var day) && day < SmallDataset.DayOf(payment) - 2));
        Assert.Equal(left, report.Split.TestRows);
        Assert.True(left < Tested.Count);
    }

    [Fact]
    public void Run_WithEverythingAskedFor_AddsItToTheReport()
    {
        var options = Options with { Seeds = 1, WithBaselines = true, WithAblation = true, WithContamination = true };
        var report = new Evaluation(options).Run(Nobody);
        Assert.Contains("Mahalanobis", report.Baselines.Select(baseline => baseline.Name));
        Assert.Equal([.. report.Models.All, .. report.Baselines], report.AllModels);
        // Inputs come from two groups: each is left out once and stands alone once.
        Assert.Equal(
            ["as chosen", "without amount", "only amount", "without velocity", "only velocity", "default inputs", "every feature"],
            report.Ablation.Select(line => line.Inputs));
        Assert.Equal(4, report.Contamination.Count);
    }

    [Fact]
    public void Run_WithEarlierDays_ChoosesOnThemAndJudgesWhatItChose()
    {
        var options = Options with
        {
            Seeds = 1, ChooseOn = SmallDataset.Days(2, 8), JudgeOn = SmallDataset.Days(9, 18), MostFits = 10, LeftOutGroups = "velocity",
        };
        var report = new Evaluation(options).Run(Nobody);
        Assert.Equal("2025-03-03..2025-03-09, judged on 2025-03-10..2025-03-19", report.Choice.ChosenOn);
        Assert.Equal(report.Choice, report.Search!.Choice);
        Assert.Equal(small.Payments.Count(payment => SmallDataset.DayOf(payment) is >= 2 and <= 8), report.Search.Days.TrainRows);
        Assert.Equal("default inputs", report.Search.Steps[0].Change);
        Assert.DoesNotContain("velocity", report.Choice.Inputs.Select(name => FeatureSchema.Of(FeatureSchema.Named(name)).Group));
    }

    [Fact]
    public void Run_OfDaysWithoutAFraud_SaysSo()
    {
        var error = Assert.Throws<ArgumentException>(() => new Evaluation(Options with { Test = SmallDataset.Days(50, 60) }).Run(Nobody));
        Assert.Equal("The days 2025-04-20..2025-04-30 hold 0 payments and no fraud; allowed: at least one fraud.", error.Message);
    }

    [Fact]
    public void Constructor_OfDaysInTheWrongOrder_SaysWhatIsAllowed()
    {
        var error = Assert.Throws<ArgumentException>(() => new Evaluation(Options with { Test = SmallDataset.Days(18, 20) }));
        Assert.Contains("allowed: days after 2025-03-11..2025-03-19", error.Message, StringComparison.Ordinal);
    }

    private static double Euros(Transaction payment) => CurrencyRates.Default.ToReference(payment.AmountMinor, payment.Currency);

    /// <summary>The share of pairs of a fraud and a genuine payment in which the fraud scores higher; ties count half.</summary>
    private double ByPairs(List<double> scores)
    {
        var rows = Tested.Select((payment, row) => (payment.Label.IsFraud, Score: scores[row])).ToList();
        var genuine = rows.Where(row => !row.IsFraud).Select(row => row.Score).ToList();
        var frauds = rows.Where(row => row.IsFraud).Select(row => row.Score).ToList();
        return frauds.Average((double fraud) => genuine.Average((double other) => fraud > other ? 1 : fraud == other ? 0.5 : 0));
    }
}
