using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Tests.MachineLearning.Bundles;
using Microsoft.Extensions.Options;

namespace Aegis.Tests.Scoring;

public sealed class ModelRegistryTests : IDisposable
{
    private static readonly FraudModel Model = TinyModel.Make() with { RatesVersion = CurrencyRates.Default.Version };

    private readonly string _folder = Repository.TemporaryFolder();
    private readonly Store _store;

    public ModelRegistryTests() => _store = Store.Open(Path.Combine(_folder, "aegis.db"), Model.ShardCount);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Start_WithOtherContentUnderAStoredVersion_IsRefusedInOneSentence()
    {
        Start(Strict("tiny", 4));
        var refusal = Assert.Throws<StoreException>(() => Start(Strict("tiny", 0)));
        Assert.Equal(
            $"The bundle at '{ModelPath}' has version 'tiny', under which the store holds other content; "
            + "allowed: the same bytes again, or a version of its own.",
            refusal.Message);
        Assert.Equal("tiny", Start(Strict("tiny", 4)).Configured);
        Assert.Equal("other", Start(Strict("other", 0)).Configured);
    }

    [Fact]
    public void Register_OfOtherContentUnderAKnownVersion_LeavesTheFirstInMemoryAndStore()
    {
        var (here, there) = (Start(Strict("tiny", 4)), Start(Strict("tiny", 4)));
        Assert.Equal("posted", here.Register(FraudModelFile.Write(Strict("posted", 3)), "The bundle"));
        foreach (var registry in new[] { here, there })
        {
            Assert.Equal(
                "The bundle has version 'posted', under which the store holds other content; "
                + "allowed: the same bytes again, or a version of its own.",
                Assert.Throws<VersionTakenException>(
                    () => registry.Register(FraudModelFile.Write(Strict("posted", 0)), "The bundle")).Message);
            Assert.Equal(3, registry.Get("posted").Policy.ReviewAt);
            Assert.Equal("posted", registry.Register(FraudModelFile.Write(Strict("posted", 3)), "The bundle"));
        }
    }

    private string ModelPath => Path.Combine(_folder, "configured.model");

    private static FraudModel Strict(string version, double reviewAt) =>
        Model with { Version = version, Policy = new DecisionPolicy(reviewAt, 6, new AlertBudget()) };

    private ModelRegistry Start(FraudModel configured)
    {
        File.WriteAllBytes(ModelPath, FraudModelFile.Write(configured));
        return new ModelRegistry(
            Options.Create(new ScoringOptions { ModelPath = ModelPath }), new StreamOptions { ShardCount = Model.ShardCount }, _store);
    }
}
