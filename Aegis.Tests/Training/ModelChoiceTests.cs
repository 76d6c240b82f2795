using Aegis.Core.Autoencoders;
using Aegis.Core.Decisions;
using Aegis.Core.Detection;
using Aegis.Core.Evaluation;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Training;

namespace Aegis.Tests.Training;

public sealed class ModelChoiceTests
{
    [Fact]
    public void Read_OfWrittenChoice_IsTheSame()
    {
        using var folder = new DisposableFolder();
        var path = Path.Combine(folder.Path, "options.json");
        var choice = new ModelChoice { Inputs = ["amount_z", "gap_log", "channel"], Trees = 50, Subsamples = [256], AutoencoderWeight = 0.1 };
        choice.Write(path);
        var options = ModelChoice.Read(path).ToOptions(seed: 3, new AlertBudget(50));
        Assert.Equal([Feature.AmountZ, Feature.GapLog, Feature.Channel], options.Inputs);
        Assert.Equal((50, 256, 0.1), (options.Forest.Trees, options.Forest.SubsampleSizes[0], options.Fusion.AutoencoderWeight));
    }

    [Theory]
    [InlineData("""{ "inputs": ["amount_zz"] }""", "Feature is 'amount_zz'; allowed: amount_log")]
    [InlineData("""{ "autoencoderWeight": 2 }""", "autoencoderWeight is '2'; allowed: 0 to 1.")]
    [InlineData("""{ "trees": "many" }""", "cannot be read")]
    [InlineData("""{ "forest": 1 }""", "cannot be read")]
    public void Read_OfWrongChoice_SaysWhatIsAllowed(string json, string message)
    {
        using var folder = new DisposableFolder();
        var path = Path.Combine(folder.Path, "options.json");
        File.WriteAllText(path, json);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => ModelChoice.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_OfStreamWhoseFraudsShowInOneFeature_TakesItInAndLeavesNoiseOut()
    {
        // Frauds show in recent_amount_shift, which is no default input; the other three are noise.
        Assert.True(DateRange.TryParse("2026-03-01..2026-03-02", out var train));
        Assert.True(DateRange.TryParse("2026-03-03..2026-03-04", out var test));
        var split = new EvaluationSplit(train, test, labelDelay: 7, removeKnown: false);
        var random = new SeededRandom(5);
        var features = new float[FeatureSchema.Count];
        for (var row = 0; row < 2_000; row++)
        {
            var isFraud = random.NextBool(0.02);
            foreach (ref var value in features.AsSpan(0, (int)Feature.Category))
            {
                value = (float)random.NextGaussian();
            }

            features[(int)Feature.RecentAmountShift] += isFraud ? 6 : 0;
            split.Add(features, $"card-{row % 400}", train.First.DayNumber + (row / 500), isFraud, velocity: 0);
        }

        var trials = new DetectorTrials(split, scores => new Measurement(
            RankingMetrics.Auroc(scores, split.Test.Frauds.ToArray()), RankingMetrics.AveragePrecision(scores, split.Test.Frauds.ToArray()),
            AlertMetrics.CardPrecision(scores, split.Test.Frauds.ToArray(), split.Test.Cards, split.Test.Days, 10), 0, 0), seeds: 1);
        var steps = new List<SearchStep>();
        var search = new ChoiceSearch(trials, [Feature.AmountZ, Feature.RecentAmountShift, Feature.Count1Hour, Feature.HourSurprise], mostFits: 120, steps.Add);
        var choice = search.Run(options => FraudModelTrainer.Train(
            split.Train, options with { Autoencoder = new AutoencoderOptions { Epochs = 2 } }, CurrencyRates.Default, 1, "test", new Dictionary<string, string>()));
        Assert.Equal(["recent_amount_shift"], choice.Inputs);
        Assert.True(steps[^1].Result.Ap > 0.9, $"{steps[^1].Result}");
        Assert.InRange(trials.Fits, 10, 125);
    }

    private sealed class DisposableFolder : IDisposable
    {
        public string Path { get; } = Repository.TemporaryFolder();

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
