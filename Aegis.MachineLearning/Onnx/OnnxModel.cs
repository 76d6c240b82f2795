namespace Aegis.MachineLearning.Onnx;

/// <summary>Builds a model in the standard ONNX format (onnx.proto): nodes over named tensors of 32-bit floats.</summary>
/// <remarks>Operators of ai.onnx 13 and ai.onnx.ml 1, IR version 7: read by every ONNX Runtime since 1.7 and by ML.NET.</remarks>
internal sealed class OnnxModel(string name)
{
    /// <summary>The domain of the operators of classical machine learning.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    /// <summary>The number of the type of 32-bit floats.</summary>
    public const int FloatTensor = 1;

    private const int LongTensor = 7;

    /// <summary>Fields of the graph, which may stand in any order.</summary>
    private readonly ProtobufWriter _graph = new();

    /// <summary>Declares a matrix that the caller passes in: any number of rows.</summary>
    public void Input(string tensor, int columns) => _graph.Message(11, value => Matrix(value, tensor, columns));

    /// <summary>Declares a matrix that the caller gets.</summary>
    public void Output(string tensor, int columns) => _graph.Message(12, value => Matrix(value, tensor, columns));

    /// <summary>Adds a constant; without dimensions a single number.</summary>
    public void Constant(string tensor, float[] values, params long[] dimensions) => _graph.Message(5, message =>
    {
        message.Numbers(1, dimensions);
        message.Number(2, FloatTensor);
        message.Numbers(4, values);
        message.Text(8, tensor);
    });

    /// <summary>Adds a constant list of positions.</summary>
    public void Positions(string tensor, params long[] values) => _graph.Message(5, message =>
    {
        message.Numbers(1, [(long)values.Length]);
        message.Number(2, LongTensor);
        message.Numbers(7, values);
        message.Text(8, tensor);
    });

    /// <summary>Adds a node; nodes follow those whose outputs they take.</summary>
    /// <param name="operation">The operator, such as <c>MatMul</c>.</param>
    /// <param name="inputs">Tensors it takes.</param>
    /// <param name="output">The tensor it makes.</param>
    /// <param name="domain">Empty for ai.onnx.</param>
    /// <param name="attributes">Its constants.</param>
    public void Node(string operation, string[] inputs, string output, string domain = "", params OnnxAttribute[] attributes) => _graph.Message(1, node =>
    {
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        node.Text(2, output);
        node.Text(3, output);
        node.Text(4, operation);
        foreach (var attribute in attributes)
        {
            node.Message(5, attribute.Write);
        }

        node.Text(7, domain);
    });

    /// <summary>The model as the bytes of an .onnx file.</summary>
    public byte[] ToBytes()
    {
        var model = new ProtobufWriter();
        model.Number(1, 7L);
        model.Text(2, "Aegis");
        model.Message(7, graph =>
        {
            graph.Text(2, name);
            graph.Append(_graph);
        });
        model.Message(8, set => OperatorSet(set, "", 13));
        model.Message(8, set => OperatorSet(set, MachineLearning, 1));
        return model.Written.ToArray();
    }

    private static void OperatorSet(ProtobufWriter set, string domain, long version)
    {
        set.Text(1, domain);
        set.Number(2, version);
    }

    private static void Matrix(ProtobufWriter value, string tensor, int columns)
    {
        value.Text(1, tensor);
        value.Message(2, type => type.Message(1, matrix =>
        {
            matrix.Number(1, (long)FloatTensor);
            matrix.Message(2, shape =>
            {
                shape.Message(1, rows => rows.Text(2, "N"));
                shape.Message(1, width => width.Number(1, (long)columns));
            });
        }));
    }
}
