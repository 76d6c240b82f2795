using Aegis.Core.Decisions;
using Aegis.Rules.Lists;

namespace Aegis.Tests.Rules;

public sealed class ListValuesTests
{
    [Theory]
    [InlineData(ListSubject.Ip, "192.0.2.7", "192.0.2.7")]
    [InlineData(ListSubject.Ip, "192.0.2.7/24", "192.0.2.0/24")]
    [InlineData(ListSubject.Ip, "192.0.2.7/32", "192.0.2.7")]
    [InlineData(ListSubject.Ip, "0.0.0.0/0", "0.0.0.0/0")]
    [InlineData(ListSubject.Ip, "2001:DB8::1/32", "2001:db8::/32")]
    [InlineData(ListSubject.Ip, "2001:db8:0:0::1", "2001:db8::1")]
    [InlineData(ListSubject.Ip, "::/0", "::/0")]
    [InlineData(ListSubject.Ip, "::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData(ListSubject.Ip, "192.0.2", null)]
    [InlineData(ListSubject.Ip, "192.0.2.7/33", null)]
    [InlineData(ListSubject.Ip, "192.0.2.7/-1", null)]
    [InlineData(ListSubject.Ip, "192.0.2.7/", null)]
    [InlineData(ListSubject.Ip, "fe80::1%eth0", null)]
    [InlineData(ListSubject.Ip, "", null)]
    [InlineData(ListSubject.Country, "DE", "DE")]
    [InlineData(ListSubject.Country, "DEU", "DE")]
    [InlineData(ListSubject.Country, "Germany", null)]
    [InlineData(ListSubject.Bin, "411111", "411111")]
    [InlineData(ListSubject.Bin, "4111111", null)]
    [InlineData(ListSubject.Bin, "41111a", null)]
    [InlineData(ListSubject.Card, "tok-1", "tok-1")]
    [InlineData(ListSubject.Merchant, "m 1", "m 1")]
    [InlineData(ListSubject.Merchant, "mé", null)]
    [InlineData(ListSubject.Device, "", null)]
    public void Normalise_KeepsOneFormOfAValue(ListSubject of, string value, string? expected) =>
        Assert.Equal(expected, ListValues.Normalise(of, value));

    [Fact]
    public void Allowed_IsSaidOfEverySubject() =>
        Assert.All(Enum.GetValues<ListSubject>(), of => Assert.NotEmpty(ListValues.Allowed(of)));

    [Theory]
    [InlineData("vip", true)]
    [InlineData("vip_2", true)]
    [InlineData("2vip", false)]
    [InlineData("vip-2", false)]
    [InlineData("VIP", false)]
    [InlineData("", false)]
    public void IsName_TakesWhatConditionsCanWrite(string name, bool expected) => Assert.Equal(expected, ListInfo.IsName(name));
}
