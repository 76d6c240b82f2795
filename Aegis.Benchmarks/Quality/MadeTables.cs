using Aegis.Core.Numerics;

namespace Aegis.Benchmarks.Quality;

/// <summary>A table with known anomalies.</summary>
/// <param name="Name">The shape of its ordinary rows and the kind of its anomalies.</param>
/// <param name="Values">Row after row.</param>
/// <param name="Columns">Numbers a row.</param>
/// <param name="Labels">True for an anomaly.</param>
internal sealed record LabelledTable(string Name, double[] Values, int Columns, bool[] Labels);

/// <summary>Tables of 8,080 rows, 80 of them anomalous, in five shapes and the four kinds of anomalies of ADBench (Han et
/// al. 2022): global, local, of dependency, and clustered.</summary>
internal static class MadeTables
{
    private const int Ordinary = 8_000;
    private const int Anomalous = 80;
    private const int Sampled = 2_000;

    private static readonly string[] Shapes = ["one cloud", "four clouds", "skewed", "correlated", "partly discrete"];
    private static readonly string[] Kinds = ["global", "local", "dependency", "cluster"];

    /// <summary>All twenty, the same at every call.</summary>
    public static IEnumerable<LabelledTable> All() => Shapes.SelectMany(shape => Kinds.Select(kind => Make(shape, kind)));

    private static LabelledTable Make(string shape, string kind)
    {
        var world = new World(shape, new SeededRandom(StableHash.Hash64(shape + kind)));
        var sample = Enumerable.Range(0, Sampled).Select(_ => world.Ordinary()).ToArray();
        var statistics = Enumerable.Range(0, world.Columns).Select(column => Column.Of(sample, column)).ToArray();
        var clusterSides = Enumerable.Range(0, world.Columns).Select(_ => world.Uniform() < 0.5 ? 1 : -1).ToArray();
        var rows = Enumerable.Range(0, Ordinary + Anomalous).Select(row => row < Ordinary ? world.Ordinary() : kind switch
        {
            // Anywhere in a box a little larger than the ordinary rows.
            "global" => [.. statistics.Select(column => column.Least + (column.Range * ((1.2 * world.Uniform()) - 0.1)))],
            // An ordinary row, two and a half times as far from its cloud's middle.
            "local" => world.Stretched(2.5),
            // Each value is ordinary, their combination is not.
            "dependency" => [.. statistics.Select((_, column) => sample[world.Below(Sampled)][column])],
            // Close together, away from all others.
            _ => [.. statistics.Select((column, i) =>
                column.Mean + (column.Deviation * ((clusterSides[i] * (i % 2 == 0 ? 2.2 : 0.7)) + (0.3 * world.Normal()))))],
        });
        return new LabelledTable(
            $"{shape}, {kind}", [.. rows.SelectMany(row => row)], world.Columns,
            [.. Enumerable.Range(0, Ordinary + Anomalous).Select(row => row >= Ordinary)]);
    }

    private readonly record struct Column(double Least, double Range, double Mean, double Deviation)
    {
        public static Column Of(double[][] rows, int column)
        {
            var values = rows.Select(row => row[column]).ToArray();
            var mean = values.Average();
            return new Column(
                values.Min(), values.Max() - values.Min(), mean, Math.Sqrt(values.Average(value => Math.Pow(value - mean, 2))));
        }
    }

    /// <summary>Where ordinary rows come from.</summary>
    private sealed class World
    {
        private const int Factors = 3;

        private readonly string _shape;
        private SeededRandom _random;
        private readonly double[][] _middles;
        private readonly double[][] _spreads;
        private readonly double[][] _loads;

        public World(string shape, SeededRandom random)
        {
            (_shape, _random) = (shape, random);
            Columns = shape switch { "partly discrete" => 12, "correlated" => 15, _ => 8 };
            var clouds = shape == "four clouds" ? 4 : 1;
            _middles = Draw(clouds, () => 4 * Normal());
            _spreads = Draw(clouds, () => 0.5 + (1.5 * Uniform()));
            _loads = Draw(Factors, Normal);
        }

        public double Normal() => _random.NextNormal();

        public double Uniform() => _random.NextDouble();

        public int Below(int end) => _random.NextInt(end);

        public int Columns { get; }

        public double[] Ordinary() => Stretched(1);

        public double[] Stretched(double by)
        {
            var cloud = Below(_middles.Length);
            var factors = Enumerable.Range(0, Factors).Select(_ => Normal()).ToArray();
            return [.. Enumerable.Range(0, Columns).Select(column =>
            {
                var offset = _shape == "correlated"
                    ? Enumerable.Range(0, Factors).Sum(factor => _loads[factor][column] * factors[factor]) + (0.3 * Normal())
                    : _spreads[cloud][column] * Normal();
                return (_shape, column % 3) switch
                {
                    ("skewed", _) => Math.Exp(0.8 * by * offset / _spreads[cloud][column]),
                    ("partly discrete", 0) => Math.Round(_middles[cloud][column] + (by * offset)),
                    ("partly discrete", 1) => offset * by > 0 ? 1 : 0,
                    _ => _middles[cloud][column] + (by * offset),
                };
            })];
        }

        private double[][] Draw(int rows, Func<double> draw) =>
            [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, Columns).Select(_ => draw()).ToArray())];
    }
}
