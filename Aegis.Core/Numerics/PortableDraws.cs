namespace Aegis.Core.Numerics;

/// <summary>Draws from distributions, with the same bits on every machine.</summary>
internal static class PortableDraws
{
    private const double MaxPoissonMean = 16;

    /// <summary>A standard normal number (Marsaglia's polar method).</summary>
    public static double NextNormal(ref this SeededRandom random)
    {
        double x, square;
        do
        {
            x = (2 * random.NextDouble()) - 1;
            var y = (2 * random.NextDouble()) - 1;
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);

        return x * Math.Sqrt(-2 * PortableMath.Log(square) / square);
    }

    /// <summary>e^(<paramref name="mean"/> + <paramref name="spread"/> z), z standard normal.</summary>
    public static double NextLogNormal(ref this SeededRandom random, double mean, double spread) =>
        PortableMath.Exp(mean + (spread * random.NextNormal()));

    /// <summary>An exponential number with the given mean.</summary>
    public static double NextWait(ref this SeededRandom random, double mean) => -mean * PortableMath.Log(1 - random.NextDouble());

    /// <summary>A Poisson number, for any mean. The time grows with the mean.</summary>
    public static int NextCount(ref this SeededRandom random, double mean)
    {
        var count = 0;
        for (; mean > MaxPoissonMean; mean -= MaxPoissonMean)
        {
            count += KnuthCount(ref random, MaxPoissonMean);
        }

        return count + KnuthCount(ref random, mean);
    }

    /// <summary>A uniform whole number from low to high, both included.</summary>
    public static int NextBetween(ref this SeededRandom random, int low, int high) => low + random.NextInt(high - low + 1);

    private static int KnuthCount(ref SeededRandom random, double mean)
    {
        var limit = PortableMath.Exp(-mean);
        var count = 0;
        for (var product = random.NextDouble(); product > limit; product *= random.NextDouble())
        {
            count++;
        }

        return count;
    }
}
