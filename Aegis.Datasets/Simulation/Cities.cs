using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation;

/// <summary>Draws of cities.</summary>
internal static class Cities
{
    private static readonly double[] Homes = Cumulate(city => city.HomeWeight);
    private static readonly double[][] HomesInCountry = [.. City.All.Select(
        home => Cumulate(city => city.Country == home.Country ? city.HomeWeight : 0))];
    private static readonly double[] Pulls = Cumulate(city => city.Pull);

    /// <summary>The city where a customer lives.</summary>
    public static int DrawHome(ref SeededRandom random) => Draw(Homes, ref random);

    /// <summary>The city where a customer lives, in the country of a given city that has residents.</summary>
    public static int DrawHomeInCountryOf(int city, ref SeededRandom random) => Draw(HomesInCountry[city], ref random);

    /// <summary>The city that a traveller goes to.</summary>
    public static int DrawDestination(ref SeededRandom random) => Draw(Pulls, ref random);

    /// <summary>A destination in another country than the given city's.</summary>
    public static int DrawAbroad(int from, ref SeededRandom random)
    {
        var city = DrawDestination(ref random);
        while (City.All[city].Country == City.All[from].Country)
        {
            city = DrawDestination(ref random);
        }

        return city;
    }

    private static int Draw(double[] cumulated, ref SeededRandom random)
    {
        var point = random.NextDouble() * cumulated[^1];
        var city = 0;
        while (cumulated[city] <= point)
        {
            city++;
        }

        return city;
    }

    private static double[] Cumulate(Func<City, double> weight)
    {
        double sum = 0;
        return [.. City.All.Select(city => sum += weight(city))];
    }
}
