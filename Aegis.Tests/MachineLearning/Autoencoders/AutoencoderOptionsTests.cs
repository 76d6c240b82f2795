using Aegis.MachineLearning.Autoencoders;

namespace Aegis.Tests.MachineLearning.Autoencoders;

public sealed class AutoencoderOptionsTests
{
    public static TheoryData<AutoencoderOptions, string> OutOfRange => new()
    {
        { new() { HiddenUnits = 0 }, "HiddenUnits is '0'; allowed: 1 to 4096." },
        { new() { HiddenUnits = 4_097 }, "HiddenUnits is '4097'; allowed: 1 to 4096." },
        { new() { CodeUnits = 0 }, "CodeUnits is '0'; allowed: 1 to 4096." },
        { new() { CodeUnits = 4_097 }, "CodeUnits is '4097'; allowed: 1 to 4096." },
        { new() { InputLimit = 0 }, "InputLimit is '0'; allowed: 0.001 to 1000000." },
        { new() { InputLimit = 1.1e6f }, "InputLimit is '1100000'; allowed: 0.001 to 1000000." },
        { new() { Epochs = 0 }, "Epochs is '0'; allowed: 1 to 10000." },
        { new() { Epochs = 10_001 }, "Epochs is '10001'; allowed: 1 to 10000." },
        { new() { BatchSize = 0 }, "BatchSize is '0'; allowed: 1 to 65536." },
        { new() { BatchSize = 65_537 }, "BatchSize is '65537'; allowed: 1 to 65536." },
        { new() { LearningRate = 0 }, "LearningRate is '0'; allowed: 1E-09 to 1." },
        { new() { LearningRate = 1.5f }, "LearningRate is '1.5'; allowed: 1E-09 to 1." },
        { new() { LearningRate = float.NaN }, "LearningRate is 'NaN'; allowed: 1E-09 to 1." },
        { new() { Noise = -0.1f }, "Noise is '-0.1'; allowed: 0 to 10." },
        { new() { Noise = 10.5f }, "Noise is '10.5'; allowed: 0 to 10." },
        { new() { ValidationShare = -0.1 }, "ValidationShare is '-0.1'; allowed: 0 to 0.9." },
        { new() { ValidationShare = 0.95 }, "ValidationShare is '0.95'; allowed: 0 to 0.9." },
        { new() { Patience = -1 }, "Patience is '-1'; allowed: 0 to 2147483647." },
        { new() { Threads = 0 }, "Threads is '0'; allowed: 1 to 1024." },
        { new() { Threads = 1_025 }, "Threads is '1025'; allowed: 1 to 1024." },
    };

    public static TheoryData<AutoencoderOptions> AtTheEnds =>
    [
        new AutoencoderOptions(),
        new AutoencoderOptions
        {
            HiddenUnits = 1, CodeUnits = 1, InputLimit = 1e-3f, Epochs = 1, BatchSize = 1, LearningRate = 1e-9f, Noise = 0,
            ValidationShare = 0, Patience = 0, Threads = 1,
        },
        new AutoencoderOptions
        {
            HiddenUnits = 4_096, CodeUnits = 4_096, InputLimit = 1e6f, Epochs = 10_000, BatchSize = 65_536, LearningRate = 1, Noise = 10,
            ValidationShare = 0.9, Patience = int.MaxValue, Threads = 1_024,
        },
    ];

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Check_OfAnOptionOutOfRange_NamesItsValueAndWhatIsAllowed(AutoencoderOptions options, string message)
    {
        var refusal = Assert.Throws<ArgumentException>(options.Check);
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(message.Split(' ')[0], refusal.ParamName);
    }

    [Theory]
    [MemberData(nameof(AtTheEnds))]
    public void Check_OfOptionsAtTheEndsOfTheirRanges_Passes(AutoencoderOptions options) => options.Check();
}
