namespace Aegis.MachineLearning.Forests;

/// <summary>c(n): the average path length of an unsuccessful search in a binary search tree of n values (Liu, Ting,
/// Zhou 2008, eq. 1).</summary>
/// <remarks>It uses exact harmonic numbers. The usual approximation is short by 0.85 at n = 2, the size of most leaves.</remarks>
public static class AveragePathLength
{
    private static readonly double[] Table = Build(4096);

    /// <summary>c(n) = 2 H(n-1) - 2 (n-1)/n, and 0 for n below 2.</summary>
    public static double Of(int n) => n < Table.Length ? Table[Math.Max(n, 0)] : Exact(Harmonic(n - 1), n);

    private static double[] Build(int count)
    {
        var table = new double[count];
        var harmonic = 0.0;
        for (var n = 2; n < count; n++)
        {
            harmonic += 1.0 / (n - 1);
            table[n] = Exact(harmonic, n);
        }

        return table;
    }

    private static double Exact(double harmonic, int n) => (2 * harmonic) - (2.0 * (n - 1) / n);

    private static double Harmonic(int n)
    {
        var sum = 0.0;
        for (var i = n; i >= 1; i--)
        {
            sum += 1.0 / i;
        }

        return sum;
    }
}
