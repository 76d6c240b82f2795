using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

public sealed class ChannelTests
{
    [Theory]
    [InlineData(Channel.Chip, "chip", true)]
    [InlineData(Channel.Contactless, "contactless", true)]
    [InlineData(Channel.Swipe, "swipe", true)]
    [InlineData(Channel.Ecommerce, "ecommerce", false)]
    [InlineData(Channel.Atm, "atm", true)]
    [InlineData(Channel.Moto, "moto", false)]
    public void AChannel_HasItsNameAndItsPlace(Channel channel, string name, bool isCardPresent)
    {
        Assert.Equal((name, isCardPresent), (channel.Name(), channel.IsCardPresent()));
        Assert.True(Channels.TryParse(name, out var parsed) && parsed == channel);
        Assert.True(Channels.TryParse(name.ToUpperInvariant(), out parsed) && parsed == channel);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("chips")]
    [InlineData("0")]
    public void TryParse_OfAnythingElse_IsFalse(string? name) => Assert.False(Channels.TryParse(name, out _));

    [Fact]
    public void Count_IsThatOfTheNames() =>
        Assert.Equal((Channels.Count, Channels.Count), (Channels.Names.Length, Enum.GetValues<Channel>().Length));
}
