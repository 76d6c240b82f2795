using Aegis.Core.Numerics;

namespace Aegis.Core.Autoencoders;

/// <summary>Trains autoencoders by mini-batch Adam, stopping early on the last rows, which are the latest.</summary>
public sealed class AutoencoderTrainer
{
    private readonly AutoencoderOptions _options;
    private readonly DenseLayer[] _layers;
    private readonly float[][] _gradients;
    private readonly float[][] _outputs;
    private readonly float[][] _deltas;
    private readonly int _columns;
    private SeededRandom _random;

    private AutoencoderTrainer(int columns, AutoencoderOptions options)
    {
        _options = options;
        _columns = columns;
        _random = SeededRandom.For(options.Seed, 0xae);
        _layers =
        [
            DenseLayer.Random(columns, options.HiddenUnits, hasTanh: true, ref _random),
            DenseLayer.Random(options.HiddenUnits, options.CodeUnits, hasTanh: true, ref _random),
            DenseLayer.Random(options.CodeUnits, options.HiddenUnits, hasTanh: true, ref _random),
            DenseLayer.Random(options.HiddenUnits, columns, hasTanh: false, ref _random),
        ];
        _gradients = [.. _layers.Select(layer => new float[layer.Parameters.Length])];
        _outputs = [.. _layers.Select(layer => new float[layer.Width])];
        _deltas = [.. _layers.Select(layer => new float[layer.Width])];
    }

    /// <summary>Trains on rows in time order.</summary>
    /// <param name="rows">Row after row, <paramref name="columns"/> values each; at least 10 rows.</param>
    /// <param name="columns">Inputs per row.</param>
    /// <param name="options">Shape and training.</param>
    /// <param name="epochDone">Told the number of finished passes; null where nobody watches.</param>
    /// <exception cref="ArgumentException">Fewer than 10 rows.</exception>
    public static Autoencoder Train(ReadOnlySpan<float> rows, int columns, AutoencoderOptions options, IProgress<int>? epochDone = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (rows.Length < 10 * columns)
        {
            throw new ArgumentException($"{rows.Length / columns} training rows; allowed: 10 or more.", nameof(rows));
        }

        var clipped = new float[rows.Length];
        Autoencoder.Clip(rows, clipped);
        return new AutoencoderTrainer(columns, options).Run(clipped, epochDone);
    }

    /// <summary>Adds the gradients of one row's mean squared error and returns that error.</summary>
    internal static double AddGradients(
        ReadOnlySpan<DenseLayer> layers, ReadOnlySpan<float> noisy, ReadOnlySpan<float> target, float[][] outputs, float[][] deltas, float[][] gradients)
    {
        var x = noisy;
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i].Forward(x, outputs[i]);
            x = outputs[i];
        }

        var error = 0.0;
        var last = layers.Length - 1;
        for (var i = 0; i < target.Length; i++)
        {
            var difference = outputs[last][i] - target[i];
            error += difference * difference / target.Length;
            deltas[last][i] = 2 * difference / target.Length;
        }

        for (var i = last; i >= 0; i--)
        {
            var input = i == 0 ? noisy : outputs[i - 1];
            layers[i].Backward(input, outputs[i], deltas[i], gradients[i], i == 0 ? [] : deltas[i - 1]);
        }

        return error;
    }

    private Autoencoder Run(float[] rows, IProgress<int>? epochDone)
    {
        var rowCount = rows.Length / _columns;
        var trainCount = rowCount - Math.Max(1, (int)(rowCount * _options.ValidationShare));
        var optimizers = _layers.Select(layer => new AdamOptimizer(layer.Parameters.Length)).ToArray();
        var order = Enumerable.Range(0, trainCount).ToArray();
        var best = Copy();
        var bestError = double.PositiveInfinity;
        var passesSinceBest = 0;

        for (var epoch = 0; epoch < _options.Epochs && passesSinceBest <= _options.Patience; epoch++)
        {
            Shuffle(order);
            for (var start = 0; start < trainCount; start += _options.BatchSize)
            {
                // Warm up over the first pass, then decay like 1/sqrt(pass).
                var warmUp = epoch == 0 ? (start + 1f) / trainCount : 1;
                Step(rows, order.AsSpan(start, Math.Min(_options.BatchSize, trainCount - start)), optimizers, _options.LearningRate * warmUp / MathF.Sqrt(1 + (epoch / 4)));
            }

            var error = MeanError(rows, trainCount, rowCount);
            passesSinceBest++;
            if (error < bestError * 0.999)
            {
                (best, bestError, passesSinceBest) = (Copy(), error, 0);
            }

            epochDone?.Report(epoch + 1);
        }

        return new Autoencoder(best, ErrorWeights(best, rows, trainCount));
    }

    private void Step(float[] rows, ReadOnlySpan<int> batch, AdamOptimizer[] optimizers, float learningRate)
    {
        foreach (var gradient in _gradients)
        {
            Array.Clear(gradient);
        }

        Span<float> noisy = stackalloc float[_columns];
        foreach (var row in batch)
        {
            var target = rows.AsSpan(row * _columns, _columns);
            for (var i = 0; i < _columns; i++)
            {
                noisy[i] = target[i] + (_options.Noise * (float)_random.NextGaussian());
            }

            AddGradients(_layers, noisy, target, _outputs, _deltas, _gradients);
        }

        for (var i = 0; i < _layers.Length; i++)
        {
            System.Numerics.Tensors.TensorPrimitives.Divide(_gradients[i], batch.Length, _gradients[i]);
            optimizers[i].Step(_layers[i].Parameters, _gradients[i], learningRate);
        }
    }

    private double MeanError(float[] rows, int from, int to)
    {
        var network = new Autoencoder(_layers, Ones());
        var errors = new float[_columns];
        var scratch = new float[network.ScratchLength];
        var total = 0.0;
        for (var row = from; row < to; row++)
        {
            total += network.Score(rows.AsSpan(row * _columns, _columns), errors, scratch);
        }

        return total / (to - from);
    }

    private float[] ErrorWeights(DenseLayer[] layers, float[] rows, int rowCount)
    {
        var network = new Autoencoder(layers, Ones());
        var errors = new float[_columns];
        var scratch = new float[network.ScratchLength];
        var totals = new double[_columns];
        for (var row = 0; row < rowCount; row++)
        {
            network.Score(rows.AsSpan(row * _columns, _columns), errors, scratch);
            for (var i = 0; i < _columns; i++)
            {
                totals[i] += errors[i];
            }
        }

        // The floor keeps columns that never vary from shouting at their first change.
        return [.. totals.Select(total => (float)(1 / ((total / rowCount) + 0.01)))];
    }

    private float[] Ones() => Enumerable.Repeat(1f, _columns).ToArray();

    private DenseLayer[] Copy() =>
        [.. _layers.Select(layer => new DenseLayer(layer.Inputs, layer.Outputs, layer.HasTanh, layer.ToParameters()))];

    private void Shuffle(int[] order)
    {
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = _random.NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }
}
