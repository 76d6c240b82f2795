using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;

namespace Aegis.Tests.Core.Transactions;

public sealed class ImpossiblePlacesTests
{
    [Theory]
    [InlineData(0, 0, "DE", "zero")]
    [InlineData(90.1, 13, "DE", "out_of_range")]
    [InlineData(52, -180.1, "DE", "out_of_range")]
    [InlineData(double.NaN, 13, "DE", "out_of_range")]
    [InlineData(13.4, 52.52, "DE", "swapped")]
    [InlineData(-3.7, 40.42, "ES", "swapped")]
    [InlineData(-46.63, -23.55, "BR", "swapped")]
    [InlineData(77.21, 28.61, "IN", "swapped")]
    [InlineData(-33.87, 151.21, "DE", "far")]
    [InlineData(35.68, 139.69, "GB", "far")]
    [InlineData(52.52, 13.4, "DE", null)]
    public void ReasonOf_APlace_SaysWhyItCannotBe(double latitude, double longitude, string country, string? reason) =>
        Assert.Equal(reason, ImpossiblePlaces.ReasonOf(latitude, longitude, country, Channel.Chip));

    /// <summary>Borders, seas and neighbours are no reason.</summary>
    [Theory]
    [InlineData(48.86, 2.35, "DE")]
    [InlineData(59.33, 18.07, "DE")]
    [InlineData(40.42, -3.7, "DE")]
    [InlineData(36.9, 30.7, "GR")]
    public void ReasonOf_APlaceInAnotherPartOfTheContinent_IsNone(double latitude, double longitude, string country) =>
        Assert.Null(ImpossiblePlaces.ReasonOf(latitude, longitude, country, Channel.Chip));

    /// <summary>Terminals overseas may send the code of their state.</summary>
    [Theory]
    [InlineData(-20.88, 55.45, "FR")]
    [InlineData(4.92, -52.31, "FR")]
    [InlineData(16.24, -61.53, "FR")]
    [InlineData(-17.54, -149.57, "FR")]
    [InlineData(-22.27, 166.44, "FR")]
    [InlineData(21.31, -157.86, "US")]
    [InlineData(61.22, -149.9, "US")]
    [InlineData(13.47, 144.75, "US")]
    [InlineData(18.47, -66.11, "US")]
    [InlineData(-14.28, -170.7, "US")]
    [InlineData(12.11, -68.93, "NL")]
    [InlineData(18.03, -63.05, "NL")]
    [InlineData(-51.7, -57.85, "GB")]
    [InlineData(32.29, -64.78, "GB")]
    [InlineData(-15.93, -5.72, "GB")]
    [InlineData(78.22, 15.65, "NO")]
    [InlineData(37.74, -25.67, "PT")]
    [InlineData(32.65, -16.91, "PT")]
    [InlineData(28.12, -15.43, "ES")]
    [InlineData(64.18, -51.72, "DK")]
    [InlineData(62.01, -6.77, "DK")]
    [InlineData(43.12, 131.89, "RU")]
    [InlineData(54.71, 20.51, "RU")]
    [InlineData(-27.15, -109.43, "CL")]
    [InlineData(-0.74, -90.31, "EC")]
    [InlineData(-17.71, 178.07, "FJ")]
    public void OutsideKm_OfATerritory_IsNone(double latitude, double longitude, string country) =>
        Assert.Equal(0, CountryAreas.OutsideKm(country, latitude, longitude));

    [Fact]
    public void OutsideKm_OfEverySimulatedCity_IsNone() => Assert.All(
        City.All, city => Assert.Equal((city.Name, 0), (city.Name, CountryAreas.OutsideKm(city.Country, city.Latitude, city.Longitude))));

    /// <summary>A country without an area would let every place pass.</summary>
    [Fact]
    public void EveryCountry_HasAnArea() => Assert.All(
        EmbeddedTable.Read("countries.csv").Select(cells => cells[0]),
        // No country lies at both.
        code => Assert.True(CountryAreas.OutsideKm(code, 89.9, 0) + CountryAreas.OutsideKm(code, 0, -30) > 0, code));

    [Fact]
    public void ReasonOf_ACountryThatAnOperatorAdded_IsNone()
    {
        Assert.Equal(0, CountryAreas.OutsideKm("QZ", 52, 13));
        Assert.Null(ImpossiblePlaces.ReasonOf(13.4, 52.52, "QZ", Channel.Chip));
    }

    /// <summary>Online, the place may be the caller's, and the country the merchant's.</summary>
    [Theory]
    [InlineData(Channel.Ecommerce)]
    [InlineData(Channel.Moto)]
    public void ReasonOf_APlaceFarFromTheMerchant_IsNoneWithoutTheCard(Channel channel) =>
        Assert.Null(ImpossiblePlaces.ReasonOf(-33.87, 151.21, "DE", channel));
}
