using Aegis.Core.Decisions;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Choices;

namespace Aegis.Tests.MachineLearning.Choices;

public sealed class ModelChoiceTests
{
    [Theory]
    [InlineData("""{"segments":"planet"}""", "segments")]
    [InlineData("""{"segments":1}""", "segments")]
    [InlineData("""{"forestDecayDays":0}""", "forestDecayDays is '0'; allowed: above 0")]
    [InlineData("""{"columnsPerSplit":65}""", "columnsPerSplit is '65'; allowed: 1 to 64")]
    [InlineData("""{"autoencoderWeight":0.7,"tailSumWeight":0.6}""", "tailSumWeight '0.6'")]
    public void Read_OfAWrongValue_NamesItAndWhatIsAllowed(string json, string mentions)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, json);
        Assert.Contains(mentions, Assert.Throws<ArgumentException>(() => ModelChoice.Read(path)).Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public void Read_OfWhatWasWritten_IsTheSame()
    {
        var choice = new ModelChoice
            { Segments = PaymentSegments.ChannelAndAge, ForestDecayDays = 7, ColumnsPerSplit = 3, YoungView = true };
        var path = Path.GetTempFileName();
        choice.Write(path);
        var options = ModelChoice.Read(path).ToOptions(1, new AlertBudget());
        Assert.Equal((PaymentSegments.ChannelAndAge, 7.0, 3), (options.Segments, options.ForestDecayDays, options.Forest.ColumnsPerSplit));
        Assert.True(options.HasYoungView);
        Assert.False(new ModelChoice().ToOptions(1, new AlertBudget()).HasYoungView);
        Assert.Contains("\"segments\": \"channelAndAge\"", File.ReadAllText(path), StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public void Read_OfAName_IsTheShippedChoice_AndOfNothing_NamesThem()
    {
        Assert.All(ModelChoice.ShippedNames, name => Assert.Equal(name, ModelChoice.Read(name).Name));
        Assert.Equal(4, ModelChoice.ShippedNames.Select(name => ModelChoice.Read(name).Fingerprint()).Distinct().Count());
        Assert.Equal(
            "The choice is 'nothing'; allowed: default, handbook, sparkov, simulated, or the path of a JSON file.",
            Assert.Throws<ArgumentException>(() => ModelChoice.Read("nothing")).Message);
    }
}
