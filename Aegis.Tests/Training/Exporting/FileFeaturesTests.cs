using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;
using Aegis.MachineLearning.Bundles;
using Aegis.Tests.MachineLearning;
using Aegis.Training.Exporting;

namespace Aegis.Tests.Training.Exporting;

public sealed class FileFeaturesTests(SmallModel small) : IClassFixture<SmallModel>
{
    [Fact]
    public void Extract_GivesTheHistoriesFeatures_TheModelsScores_AndTheLabels()
    {
        var payments = new TransactionSimulator(new SimulationOptions { Customers = 30, FraudShare = 0.05 })
            .Stream(new DateOnly(2025, 3, 1), 20).Take(700).ToList();
        var rows = FileFeatures.Extract(payments, CurrencyRates.Default, SmallModel.Shards, small.Model).ToList();
        Assert.Equal(
            payments.Select(payment => (payment.Transaction.Id, (bool?)payment.Label.IsFraud)), rows.Select(row => (row.Id, row.IsFraud)));
        var histories = new ShardedHistories(CurrencyRates.Default, SmallModel.Shards);
        var detector = new FraudDetector(small.Model);
        var features = new float[FeatureSchema.Count];
        foreach (var (payment, row) in payments.Zip(rows))
        {
            histories.ExtractAndAdd(payment.Transaction, features);
            Assert.Equal(features, row.Features);
            Assert.Equal(detector.Assess(features), row.Assessment);
            Assert.Equal("small", row.Model);
        }

        var bare = FileFeatures.Extract(payments, CurrencyRates.Default, SmallModel.Shards, model: null).First();
        Assert.Equal((null, null, null), (bare.Assessment, bare.Outcome, bare.Model));
        Assert.Equal(rows[0].Features, bare.Features);
    }
}
