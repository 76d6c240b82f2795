using Aegis.MachineLearning.Bundles;

namespace Aegis.Tests.MachineLearning.Bundles;

/// <summary>What reading says of a bundle that was written with a sound or a spoiled part.</summary>
internal static class Judgement
{
    /// <summary>Writes and reads a bundle.</summary>
    public static FraudModel Read(FraudModel model) => FraudModelFile.Read(FraudModelFile.Write(model));

    /// <summary>Writes a bundle and checks that reading refuses it with this sentence.</summary>
    public static void AssertRefused(FraudModel model, string sentence)
    {
        var bytes = FraudModelFile.Write(model);
        Assert.Equal(
            $"The bundle's checksum matches, but not its content: {sentence}",
            Assert.Throws<FraudModelFormatException>(() => FraudModelFile.Read(bytes)).Message);
    }
}
