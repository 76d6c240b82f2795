using Aegis.Training.Evaluating;

namespace Aegis.Tests.Training.Evaluating;

public sealed class PerDetectorTests
{
    [Fact]
    public void Of_AsksEachDetectorOnceAndGivesItsValueBack()
    {
        var asked = new List<Detector>();
        var names = PerDetector<string>.Of(detector =>
        {
            asked.Add(detector);
            return detector.OptionName();
        });
        Assert.Equal(Enum.GetValues<Detector>(), asked.Order());
        Assert.Equal(("forest", "autoencoder", "tailsum", "fused"), (names.Forest, names.Autoencoder, names.TailSum, names.Fused));
        Assert.All(Enum.GetValues<Detector>(), detector => Assert.Equal(detector.OptionName(), names[detector]));
    }
}
