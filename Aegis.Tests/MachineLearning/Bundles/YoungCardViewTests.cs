using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Forests;

namespace Aegis.Tests.MachineLearning.Bundles;

public sealed class YoungCardViewTests(SmallModel small) : IClassFixture<SmallModel>
{
    private static readonly FraudModelTrainingOptions Options = new()
    {
        Forest = new IsolationForestOptions { Trees = 30 }, Autoencoder = new AutoencoderOptions { Epochs = 2 },
        Budget = new AlertBudget(500), HasYoungView = true,
    };

    [Theory]
    [InlineData(0, 0.8)]
    [InlineData(1, 0.64)]
    [InlineData(4, 0.16)]
    [InlineData(5, 0)]
    [InlineData(1_000, 0)]
    public void WeightOf_FallsEvenlyWithTheCardsPayments(int payments, double weight)
    {
        var features = new float[FeatureSchema.Count];
        features[(int)Feature.CardAge] = MathF.Log(1 + payments);
        Assert.Equal(weight, YoungCardView.WeightOf(features), 12);
    }

    [Fact]
    public void Inputs_TellOfMerchantAmountAndPlace_AndNothingOfTheCardsPast() => Assert.DoesNotContain(
        YoungCardView.Inputs, input => FeatureSchema.Of(input).Name is "amount_z" or "amount_to_mean" or "count_1h" or "count_7d"
            or "new_merchant" or "new_device" or "hour_surprise" or "merchant_surprise" or "card_age");

    [Fact]
    public void Train_TakesAViewOnlyIfEnoughRowsAreOfYoungCards()
    {
        Assert.Null(Train(Aged(everyYoung: 100)).Young);
        var model = Train(Aged(everyYoung: 4));
        Assert.NotNull(model.Young);
        Assert.NotNull(model.Calibration.Joint);
        Assert.Equal("cards with fewer than 5 payments have a view of their own", model.Provenance["youngView"]);
        Assert.Null(Train(Aged(everyYoung: 4), Options with { HasYoungView = false }).Young);
    }

    [Fact]
    public void Risk_IsTheLargerLevel_OfYoungCardsOnly()
    {
        var rows = Aged(everyYoung: 4);
        var model = Train(rows);
        var with = new FraudDetector(model);
        var without = new FraudDetector(model with { Young = null, Calibration = model.Calibration with { Joint = null } });
        var raised = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            var raw = with.RawScoresOf(rows[row]);
            var alone = without.Assess(rows[row]).Risk;
            Assert.True(YoungCardView.WeightOf(rows[row]) > 0 || raw.Young == 0);
            Assert.Equal(model.Calibration.Joint!.NegativeLogP(Math.Max(alone, raw.Young)), with.Assess(rows[row]).Risk);
            Assert.Equal(raw.Young > alone, model.Calibration.IsByYoungView(raw));
            raised += raw.Young > alone ? 1 : 0;
        }

        Assert.InRange(raised, 1, rows.Count / 2);
    }

    [Fact]
    public void AssessAll_OfManyRows_IsTheSameToTheBitAsOneByOne()
    {
        var rows = Aged(everyYoung: 3);
        var detector = new FraudDetector(Train(rows));
        var together = new Assessment[rows.Count];
        detector.AssessAll(rows.Features, rows.Count, together);
        Assert.All(Enumerable.Range(0, rows.Count), row => Assert.Equal(detector.Assess(rows[row]), together[row]));
    }

    [Fact]
    public void Attribute_WhereTheViewDecides_NamesItsInputs()
    {
        var rows = Aged(everyYoung: 4);
        var model = Train(rows);
        var detector = new FraudDetector(model);
        var shares = new double[FeatureSchema.Count];
        var byView = Enumerable.Range(0, rows.Count).First(row => model.Calibration.IsByYoungView(detector.RawScoresOf(rows[row]))
            && detector.Assess(rows[row]).Risk > model.Policy.ReviewAt);
        detector.Attribute(rows[byView], shares);
        Assert.Equal(1, shares.Sum(), 9);
        Assert.All(Enumerable.Range(0, shares.Length).Where(feature => shares[feature] > 0), feature =>
            Assert.Contains((Feature)feature, YoungCardView.Inputs));
    }

    [Fact]
    public void Bundle_ReadBack_ScoresTheSameBits_WithAndWithoutOtherParts()
    {
        var rows = Aged(everyYoung: 4);
        var model = Train(rows);
        FraudModel[] variants =
        [
            model, model with { Policy = model.Policy with { ReviewTies = 0.5 } },
            model with { Calibration = model.Calibration with { Joint = null } },
        ];
        foreach (var written in variants)
        {
            var bytes = FraudModelFile.Write(written);
            var read = FraudModelFile.Read(bytes);
            Assert.Equal(bytes, FraudModelFile.Write(read));
            var (one, other) = (new FraudDetector(written), new FraudDetector(read));
            Assert.All(Enumerable.Range(0, 300), row => Assert.Equal(one.Assess(rows[row]), other.Assess(rows[row])));
        }
    }

    [Fact]
    public void Recalibration_KeepsTheView_AndFitsItsCalibratorAnew()
    {
        var rows = Aged(everyYoung: 4);
        var model = Train(rows);
        var recalibration = new Recalibration(model);
        for (var i = 0; recalibration.Count < Recalibration.MinPayments; i++)
        {
            recalibration.Add(rows[i % rows.Count], (ulong)i, rows.Days[i % rows.Count]);
        }

        var renewed = recalibration.ToModel(TestTransactions.Noon);
        Assert.Same(model.Young, renewed.Young);
        Assert.NotSame(model.Calibration.Joint, renewed.Calibration.Joint);
        var detector = new FraudDetector(renewed);
        var share = Enumerable.Range(0, rows.Count).Count(row => detector.Assess(rows[row]).Risk >= Math.Log(100)) / (double)rows.Count;
        Assert.InRange(share, 0.005, 0.015);
    }

    private static FraudModel Train(FeatureRows rows, FraudModelTrainingOptions? options = null) => FraudModelTrainer.Train(
        rows, options ?? Options, CurrencyRates.Default, SmallModel.Shards, "young", new Dictionary<string, string>());

    /// <summary>The small model's rows, of which every so manieth is made a card's first to fourth payment.</summary>
    private FeatureRows Aged(int everyYoung)
    {
        var aged = new FeatureRows();
        for (var row = 0; row < small.Rows.Count; row++)
        {
            var features = small.Rows[row].ToArray();
            features[(int)Feature.CardAge] = MathF.Log(1 + (row % everyYoung == 0 ? row / everyYoung % 4 : 50));
            aged.Add(features, small.Rows.Cards[row], small.Rows.Days[row], small.Rows.Frauds[row], small.Rows.IdHashes[row]);
        }

        return aged;
    }
}
