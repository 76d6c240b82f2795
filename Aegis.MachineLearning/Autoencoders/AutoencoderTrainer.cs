using Aegis.Core.Numerics;

namespace Aegis.MachineLearning.Autoencoders;

/// <summary>Trains autoencoders by mini-batch Adam. The error on the last rows, which are the latest, stops it early.</summary>
/// <remarks>One seed gives one network, with the same bits on any number of threads.</remarks>
public sealed class AutoencoderTrainer
{
    private const int MinRows = 10;

    // A pass that improves less than this counts as no improvement.
    private const double Improvement = 0.999;

    // The step size falls to this share of its largest value.
    private const float LastRate = 0.05f;

    // The floor keeps a column that never varies from dominating at its first change.
    private const double MinError = 0.01;

    private readonly AutoencoderOptions _options;
    private readonly ParallelOptions _parallel;
    private readonly float[] _table;
    private readonly int _columns;
    private readonly int[] _order;
    private readonly int _trainCount;
    private readonly DenseLayer[] _layers;
    private readonly float[][] _transposed;
    private readonly float[][] _gradients;
    private readonly AdamOptimizer[] _optimizers;
    private readonly TrainingBlock[] _blocks;
    private SeededRandom _random;
    private ulong _step;

    private AutoencoderTrainer(float[] table, int rowCount, int columns, AutoencoderOptions options)
    {
        _options = options;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads };
        _table = table;
        _columns = columns;
        _order = [.. Enumerable.Range(0, rowCount)];
        _trainCount = rowCount - Math.Max(1, (int)(rowCount * options.ValidationShare));
        _random = SeededRandom.For(options.Seed, 0xae);
        _layers =
        [
            DenseLayer.Random(columns, options.HiddenUnits, options.Activation, ref _random),
            DenseLayer.Random(options.HiddenUnits, options.CodeUnits, options.Activation, ref _random),
            DenseLayer.Random(options.CodeUnits, options.HiddenUnits, options.Activation, ref _random),
            DenseLayer.Random(options.HiddenUnits, columns, Activation.Identity, ref _random),
        ];
        _transposed = [.. _layers.Select(layer => new float[layer.Outputs * Lanes.Pad(layer.Inputs)])];
        _gradients = [.. _layers.Select(layer => new float[layer.Parameters.Length])];
        _optimizers = [.. _layers.Select(layer => new AdamOptimizer(layer.Parameters.Length))];
        var blocks = Math.Max(1, (Math.Min(options.BatchSize, _trainCount) + TrainingBlock.MaxRows - 1) / TrainingBlock.MaxRows);
        _blocks = [.. Enumerable.Range(0, blocks).Select(_ => new TrainingBlock(_layers))];
    }

    /// <summary>Trains on rows in time order.</summary>
    /// <param name="rows">Row after row, <paramref name="columns"/> values each; at least 10 rows. Infinities are
    /// limited; NaN counts as 0.</param>
    /// <param name="columns">Inputs per row, 1 or more.</param>
    /// <param name="options">The shape and the training.</param>
    /// <param name="epochDone">Receives the number of finished passes; null if nobody watches.</param>
    /// <exception cref="ArgumentException">There are fewer than 10 rows, a row is cut short, or an option is out of range.</exception>
    public static Autoencoder Train(ReadOnlySpan<float> rows, int columns, AutoencoderOptions options, IProgress<int>? epochDone = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (columns < 1 || rows.Length % columns != 0 || rows.Length / columns < MinRows)
        {
            throw new ArgumentException(
                $"{rows.Length} values in {columns} columns to train on; allowed: {MinRows} whole rows or more of 1 column or more.",
                nameof(rows));
        }

        var rowCount = rows.Length / columns;
        var width = Lanes.Pad(columns);
        if ((long)rowCount * width > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{rowCount} rows of {columns} columns to train on; allowed: {Array.MaxLength / width} rows of so many columns.", nameof(
                    rows));
        }

        var table = new float[rowCount * width];
        for (var row = 0; row < rowCount; row++)
        {
            SoftClip.Apply(rows.Slice(row * columns, columns), options.InputLimit, table.AsSpan(row * width, width));
        }

        return new AutoencoderTrainer(table, rowCount, columns, options).Run(epochDone);
    }

    private Autoencoder Run(IProgress<int>? epochDone)
    {
        Transpose();
        var best = Copy();
        var bestError = double.PositiveInfinity;
        var passesSinceBest = 0;
        for (var epoch = 0; epoch < _options.Epochs && passesSinceBest <= _options.Patience; epoch++)
        {
            Shuffle();
            for (var start = 0; start < _trainCount; start += _options.BatchSize)
            {
                Step(start, Math.Min(_options.BatchSize, _trainCount - start), LearningRate(epoch + ((start + 1.0) / _trainCount)));
            }

            var error = Errors(_trainCount, _order.Length).Average();
            passesSinceBest++;
            if (error < bestError * Improvement)
            {
                (best, bestError, passesSinceBest) = (Copy(), error, 0);
            }

            epochDone?.Report(epoch + 1);
        }

        best.CopyTo(_layers, 0);
        return new Autoencoder(best, [.. Errors(0, _trainCount).Select(error => (float)(1 / (error + MinError)))], _options.InputLimit);
    }

    /// <summary>The step size: it rises over the first pass, then falls in a straight line.</summary>
    private float LearningRate(double passes) =>
        _options.LearningRate * (float)(Math.Min(1, passes) * (1 - ((1 - LastRate) * passes / _options.Epochs)));

    private void Step(int start, int count, float learningRate)
    {
        var blockCount = (count + TrainingBlock.MaxRows - 1) / TrainingBlock.MaxRows;
        _step++;
        Parallel.For(0, blockCount, _parallel, block =>
        {
            var from = block * TrainingBlock.MaxRows;
            var rows = _order.AsSpan(start + from, Math.Min(TrainingBlock.MaxRows, count - from));
            _blocks[block].Load(_table, rows, _options.Noise, SeededRandom.For(_options.Seed, _step, (ulong)block + 1));
            _blocks[block].Forward(_layers);
            _blocks[block].Backward(_layers, _transposed);
        });

        for (var i = 0; i < _layers.Length; i++)
        {
            Array.Clear(_gradients[i]);
            for (var block = 0; block < blockCount; block++)
            {
                System.Numerics.Tensors.TensorPrimitives.Add(_gradients[i], _blocks[block].Gradient(i), _gradients[i]);
            }

            System.Numerics.Tensors.TensorPrimitives.Divide(_gradients[i], count, _gradients[i]);
            _optimizers[i].Step(_layers[i].Parameters, _gradients[i], learningRate);
        }

        Transpose();
    }

    /// <summary>Each column's mean squared error over a part of the rows, without noise.</summary>
    private double[] Errors(int from, int to)
    {
        var totals = new double[_blocks.Length][];
        Parallel.For(0, _blocks.Length, _parallel, block =>
        {
            totals[block] = new double[_columns];
            var end = from + (int)((to - from) * (block + 1L) / _blocks.Length);
            for (var start = from + (int)((to - from) * (long)block / _blocks.Length); start < end; start += TrainingBlock.MaxRows)
            {
                _blocks[block].Load(_table, _order.AsSpan(start, Math.Min(TrainingBlock.MaxRows, end - start)), noise: 0, default);
                _blocks[block].Forward(_layers);
                _blocks[block].AddErrors(totals[block]);
            }
        });
        return [.. Enumerable.Range(0, _columns).Select(column => totals.Sum(total => total[column]) / (to - from))];
    }

    private void Transpose()
    {
        for (var i = 0; i < _layers.Length; i++)
        {
            var (layer, transposed) = (_layers[i], _transposed[i]);
            var width = Lanes.Pad(layer.Inputs);
            for (var input = 0; input < layer.Inputs; input++)
            {
                var weights = layer.Weights.Slice(input * layer.Width, layer.Outputs);
                for (var output = 0; output < weights.Length; output++)
                {
                    transposed[(output * width) + input] = weights[output];
                }
            }
        }
    }

    private DenseLayer[] Copy() =>
        [.. _layers.Select(layer => new DenseLayer(layer.Inputs, layer.Outputs, layer.Activation, layer.ToParameters()))];

    private void Shuffle()
    {
        for (var i = _trainCount - 1; i > 0; i--)
        {
            var j = _random.NextInt(i + 1);
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }
    }
}
