using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Training.Evaluating;

namespace Aegis.Tests.Training.Evaluating;

public sealed class DetectorTests
{
    private static readonly Assessment Distinct = new(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7);

    [Theory]
    [InlineData("forest", "forest", 0.1)]
    [InlineData("autoencoder", "autoencoder", 0.2)]
    [InlineData("tailsum", "tail sum", 0.3)]
    [InlineData("fused", "fused", 0.7)]
    public void Named_ByACommandLine_KnowsItsWordsItsJsonAndItsScore(string name, string words, double score)
    {
        var detector = DetectorExtensions.Named(name);
        Assert.Equal(name, detector.OptionName());
        Assert.Equal($"\"{name}\"", JsonSerializer.Serialize(detector));
        Assert.Equal(words, detector.Words());
        Assert.Equal(score, detector.ScoreOf(Distinct));
        Assert.Equal([score, 0], detector.ScoresOf([Distinct, default]));
    }

    [Fact]
    public void Named_OfAnotherName_Throws() => Assert.Throws<InvalidOperationException>(() => DetectorExtensions.Named("tail sum"));

    [Fact]
    public void PerDetector_OfAFunction_HoldsItsValueForEach()
    {
        var words = PerDetector<string>.Of(detector => detector.Words());
        Assert.Equal(new PerDetector<string>("forest", "autoencoder", "tail sum", "fused"), words);
        Assert.All(Enum.GetValues<Detector>(), detector => Assert.Equal(detector.Words(), words[detector]));
    }
}
